import { z } from 'zod';
import type { Attributes, Create, Delete, Update } from '../../domain/change.ts';
import { GatehouseError } from '../../errors.ts';
import type { AccountReader } from '../../ports/readers/accounts.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { Answer } from '../../ports/writers/answer.ts';
import type { AccountWriter } from '../../ports/writers/writers.ts';
import { lookOr } from '../http/look-or.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, answerWithoutId, toUnaccepted } from '../http/to-answer.ts';
import { readUser, userPath } from './account-reader.ts';
import { answerToChange, changeResource, ifMatch } from './change-resource.ts';
import { createChunks } from './chunks.ts';
import { createBody } from './create-body.ts';
import type { Json } from './json.ts';
import { notTried } from './not-tried.ts';
import { editOperations } from './patch-body.ts';
import { putAt } from './place-value.ts';
import type { ScimContext } from './scim-context.ts';
import { userEdits } from './user-edits.ts';

const created = z.object({ id: z.string().min(1) });

/** Writes users: POST, PATCH or PUT, and DELETE. Of one user there is never more than one request under way. */
export function createAccountWriter(context: ScimContext, reader: AccountReader): AccountWriter {
  const turns = createChunks<() => Promise<Answer>, Answer>(1, (_, works) => Promise.all(works.map((work) => work())));
  return {
    create: (change, signal) => create(context, reader, change, signal),
    update: (change, signal) => turns.add(resolvedId(change.object), () => update(context, change, signal)),
    delete: (change, signal) => turns.add(resolvedId(change.object), () => remove(context, change, signal)),
    restore: () => {
      const message = `${context.api.system} keeps no deleted users: SCIM knows none.`;
      return Promise.resolve({ is: 'refused', problem: { code: 'target-refused', message } });
    },
  };
}

async function create(context: ScimContext, reader: AccountReader, change: Admitted<Create>, signal: AbortSignal): Promise<Answer> {
  const { api, form } = context;
  const service = await lookOrLater(context);
  if (service.is !== 'known') return service;
  const body = createBody(change.after, form, service.rules);
  const result = await api.write({ method: 'POST', path: service.users, body, priority: priorityOf(change) }, signal);
  if (result.is === 'refused' && (result.status === 409 || result.problem.systemCode === 'uniqueness')) {
    const nameTaken = await lookOr(takenName(reader, change.after, signal), undefined);
    return { is: 'refused', problem: result.problem, ...(nameTaken === undefined ? {} : { nameTaken }) };
  }
  if (result.is !== 'ok') return toUnaccepted(result);
  const user = created.safeParse(result.reply.body);
  return user.success ? accepted(user.data.id, result.reply.requestId) : answerWithoutId(api.system, result.reply.requestId);
}

/** A server says that something is taken (RFC 7644 section 3.3, `uniqueness`), not what: looked up. */
async function takenName(reader: AccountReader, after: Attributes, signal: AbortSignal): Promise<string | undefined> {
  for (const name of ['userName', 'email', 'externalId']) {
    const value = after[name];
    if (typeof value === 'string' && (await reader.holdersOf(name, value, signal)).length > 0) return name;
  }
  return undefined;
}

async function update(context: ScimContext, change: Admitted<Update>, signal: AbortSignal): Promise<Answer> {
  const id = resolvedId(change.object);
  try {
    const { rules } = await context.service();
    const path = await userPath(context, id);
    const { resource: current, version } = await readUser(context, id, signal);
    const edits = userEdits(change.after, current, context.form, rules);
    if (edits.length === 0) return accepted(id);
    const edit = (whole: Json) => {
      for (const { place, value } of edits) putAt(whole, place, value);
    };
    const operations = () => editOperations(edits, current, context.profile);
    const result = await changeResource(context, { path, version, priority: priorityOf(change) }, { operations, edit }, signal);
    return result.is === 'ok' ? accepted(id, result.reply.requestId) : answerToChange(result);
  } catch (error) {
    return notTried(error);
  }
}

async function remove(context: ScimContext, change: Admitted<Delete>, signal: AbortSignal): Promise<Answer> {
  const id = resolvedId(change.object);
  try {
    const path = await userPath(context, id);
    const service = await context.service();
    const version = service.etag ? (await readUser(context, id, signal)).version : undefined;
    const headers = ifMatch(service, version);
    const result = await context.api.write({ method: 'DELETE', path, headers, priority: priorityOf(change) }, signal);
    if (result.is === 'ok') return accepted(id, result.reply.requestId);
    return result.is === 'refused' && result.status === 404 ? accepted(id, result.problem.requestId) : answerToChange(result);
  } catch (error) {
    if (error instanceof GatehouseError && error.code === 'target-not-found') return accepted(id, error.requestId);
    return notTried(error);
  }
}

async function lookOrLater(context: ScimContext) {
  try {
    return { is: 'known' as const, ...(await context.service()) };
  } catch (error) {
    return notTried(error);
  }
}
