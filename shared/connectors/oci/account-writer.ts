import { z } from 'zod';
import type { Attributes, Create, Delete, Update } from '../../domain/change.ts';
import { GatehouseError } from '../../errors.ts';
import type { AccountReader } from '../../ports/readers/accounts.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { Answer } from '../../ports/writers/answer.ts';
import type { AccountWriter } from '../../ports/writers/writers.ts';
import type { Api } from '../http/api.ts';
import { lookOr } from '../http/look-or.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, answerWithoutId, toAnswer, toUnaccepted } from '../http/to-answer.ts';
import { readUser } from './account-reader.ts';
import { isCapability } from './capabilities.ts';
import { isGone } from './gone.ts';
import { scimCreateBody } from './scim-create-body.ts';
import { scimPatchBody, touchesLists } from './scim-patch-body.ts';
import { scimSchemas } from './scim-schemas.ts';

const created = z.object({ id: z.string().min(1) });
const uniqueNames = ['userName', 'email'] as const;

/** Writes users: POST, PATCH and DELETE of `/Users` (RFC 7644), and the changer of their capabilities. */
export function createAccountWriter(api: Api, reader: AccountReader): AccountWriter {
  return {
    create: (change, signal) => create(api, reader, change, signal),
    update: (change, signal) => update(api, change, signal),
    delete: (change, signal) => remove(api, change, signal),
    restore: () => Promise.resolve({ is: 'refused', problem: { code: 'target-refused', message: 'OCI IAM keeps no deleted users.' } }),
  };
}

async function create(api: Api, reader: AccountReader, change: Admitted<Create>, signal: AbortSignal): Promise<Answer> {
  const result = await api.write(
    { method: 'POST', path: '/Users', body: scimCreateBody(change.after), priority: priorityOf(change) },
    signal,
  );
  if (result.is === 'refused' && result.status === 409) {
    const nameTaken = await takenName(reader, change.after, signal);
    return { is: 'refused', problem: result.problem, ...(nameTaken === undefined ? {} : { nameTaken }) };
  }
  if (result.is !== 'ok') return toUnaccepted(result);
  const user = created.safeParse(result.reply.body);
  return user.success ? accepted(user.data.id, result.reply.requestId) : answerWithoutId(api.system, result.reply.requestId);
}

/** Oracle's message says that a name is taken, not always which: looked up. */
async function takenName(reader: AccountReader, after: Attributes, signal: AbortSignal): Promise<string | undefined> {
  try {
    for (const name of uniqueNames) {
      const value = after[name];
      if (typeof value === 'string' && (await reader.holdersOf(name, value, signal)).length > 0) return name;
    }
  } catch (error) {
    // The refusal stands whatever the look-up says.
    if (!(error instanceof GatehouseError)) throw error;
  }
  return undefined;
}

async function update(api: Api, change: Admitted<Update>, signal: AbortSignal): Promise<Answer> {
  const id = resolvedId(change.object);
  try {
    const current = touchesLists(change.after) ? await readUser(api, id, signal) : undefined;
    const body = scimPatchBody(change.after, current);
    const path = `/Users/${encodeURIComponent(id)}`;
    const priority = priorityOf(change);
    const answer =
      body.Operations.length === 0 ? accepted(id) : toAnswer(await api.write({ method: 'PATCH', path, body, priority }, signal), id);
    return answer.is === 'accepted' ? await switchCapabilities(api, change, signal, answer) : answer;
  } catch (error) {
    return notTried(error);
  }
}

/** Switches the capabilities that the change names. They have a resource of their own, so what was written before stays written if this is refused. */
async function switchCapabilities(api: Api, change: Admitted<Update>, signal: AbortSignal, before: Answer): Promise<Answer> {
  const id = resolvedId(change.object);
  const wanted = Object.entries(change.after).filter(([name]) => isCapability(name));
  if (wanted.length === 0) return before;
  const body = { schemas: [scimSchemas.capabilitiesChanger], ...Object.fromEntries(wanted.map(([name, value]) => [name, value === true])) };
  const path = `/UserCapabilitiesChanger/${encodeURIComponent(id)}`;
  return toAnswer(await api.write({ method: 'PUT', path, body, priority: priorityOf(change) }, signal), id);
}

/** The user could not be read, so nothing was written. */
function notTried(error: unknown): Answer {
  if (!(error instanceof GatehouseError)) throw error;
  const problem = { code: error.code, message: error.message };
  if (error.code === 'target-not-found' || error.code === 'target-forbidden') return { is: 'refused', problem };
  return { is: 'later', retryAfterMs: error.retryAfterMs ?? 5_000, problem };
}

async function remove(api: Api, change: Admitted<Delete>, signal: AbortSignal): Promise<Answer> {
  const id = resolvedId(change.object);
  // Without `forceDelete` a user who is referred to anywhere cannot be deleted.
  const path = `/Users/${encodeURIComponent(id)}?forceDelete=true`;
  const result = await api.write({ method: 'DELETE', path, priority: priorityOf(change) }, signal);
  if (result.is !== 'refused' || result.status !== 404) return toAnswer(result, id);
  const isNotThere = await lookOr(isGone(api, { in: 'Users', id }, signal), false);
  return isNotThere ? accepted(id, result.problem.requestId) : toAnswer(result, id);
}
