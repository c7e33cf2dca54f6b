import { z } from 'zod';
import type { Attributes, Create, Delete, Update } from '../../domain/change.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { Answer } from '../../ports/writers/answer.ts';
import type { AccountWriter } from '../../ports/writers/writers.ts';
import { priorityOf } from '../http/priority-of.ts';
import { referenceIn } from '../http/reference-in.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, answerWithoutId, toAnswer } from '../http/to-answer.ts';
import { directoryReference } from './directory-reference.ts';
import type { EntraParts } from './entra-parts.ts';
import { refuseCreate } from './refuse-create.ts';
import { restoreUser } from './restore-user.ts';
import { setManager } from './set-manager.ts';
import { toUserBody } from './user-body.ts';
import { unlessNotYetVisible } from './not-yet-visible.ts';

const created = z.object({ id: z.string().min(1) });

/** Writes users: POST, PATCH, DELETE and restore of `/users` (https://learn.microsoft.com/graph/api/resources/user). */
export function createAccountWriter(parts: EntraParts): AccountWriter {
  return {
    create: (change, signal) => create(parts, change, signal),
    update: (change, signal) => update(parts, change, signal),
    delete: (change, signal) => remove(parts, change, signal),
    restore: (change, signal) => restoreUser(parts, change, signal),
  };
}

async function create(parts: EntraParts, change: Admitted<Create>, signal: AbortSignal): Promise<Answer> {
  const { api, recent } = parts;
  const result = await api.write(
    { method: 'POST', path: '/users', body: createBody(parts, change.after), priority: priorityOf(change) },
    signal,
  );
  if (result.is === 'refused') return refuseCreate(api, result, change.after, signal);
  if (result.is !== 'ok') return result;
  const user = created.safeParse(result.reply.body);
  if (!user.success) return answerWithoutId(api.system, result.reply.requestId);
  recent.add(user.data.id);
  return accepted(user.data.id, result.reply.requestId);
}

/** A new user needs a password and a state; one that is not asked for is random, or disabled. An absent value is left out, since there is nothing to clear. */
function createBody(parts: EntraParts, after: Attributes): Record<string, unknown> {
  const present = Object.fromEntries(Object.entries(after).filter(([, value]) => value !== null));
  const manager = referenceIn(after, 'manager');
  return {
    ...toUserBody({ enabled: false, initialPassword: { secret: 'initial-password' }, ...present }, parts.newPassword),
    ...(manager == null ? {} : { 'manager@odata.bind': directoryReference(parts.api.baseUrl, manager) }),
  };
}

async function update(parts: EntraParts, change: Admitted<Update>, signal: AbortSignal): Promise<Answer> {
  const id = resolvedId(change.object);
  const body = toUserBody(change.after, parts.newPassword);
  let answer: Answer = accepted(id);
  if (Object.keys(body).length > 0) {
    const path = `/users/${encodeURIComponent(id)}`;
    const result = await parts.api.write({ method: 'PATCH', path, body, priority: priorityOf(change) }, signal);
    answer = result.is === 'ok' ? toAnswer(result, id) : unlessNotYetVisible(result, id, parts.recent);
  }
  const manager = referenceIn(change.after, 'manager');
  return answer.is !== 'accepted' || manager === undefined ? answer : setManager(parts, id, manager, signal);
}

async function remove(parts: EntraParts, change: Admitted<Delete>, signal: AbortSignal): Promise<Answer> {
  const id = resolvedId(change.object);
  const result = await parts.api.write(
    { method: 'DELETE', path: `/users/${encodeURIComponent(id)}`, priority: priorityOf(change) },
    signal,
  );
  const isGone = result.is === 'refused' && result.status === 404 && !parts.recent.has(id);
  if (result.is === 'ok' || isGone) return accepted(id, result.is === 'ok' ? result.reply.requestId : result.problem.requestId);
  return unlessNotYetVisible(result, id, parts.recent);
}
