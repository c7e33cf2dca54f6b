import { z } from 'zod';
import type { Attributes } from '../../domain/change.ts';
import { GatehouseError } from '../../errors.ts';
import type { PassReader } from '../../ports/readers/passes.ts';
import type { PassWriter } from '../../ports/writers/writers.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted, answerWithoutId, toAnswer } from '../http/to-answer.ts';
import type { EntraParts } from './entra-parts.ts';
import { unlessNotYetVisible } from './not-yet-visible.ts';

const issued = z.object({ id: z.string().min(1), temporaryAccessPass: z.string().min(1) });

/**
 * Issues and deletes Temporary Access Passes (https://learn.microsoft.com/graph/api/authentication-post-temporaryaccesspassmethods). `input` is `lifetimeMinutes`, `isUsableOnce` and
 * optionally `startsAt`, an instant. The code is in this one answer alone; a new pass voids the one before it.
 */
export function createPassWriter(parts: EntraParts, reader: PassReader): PassWriter {
  return {
    issue: async (change, signal) => {
      const account = resolvedId(change.object);
      const path = passesOf(account);
      const result = await parts.api.write({ method: 'POST', path, body: bodyOf(change.input), priority: priorityOf(change) }, signal);
      if (result.is !== 'ok') return unlessNotYetVisible(result, account, parts.recent);
      const { requestId } = result.reply;
      const pass = issued.safeParse(result.reply.body);
      if (!pass.success) return answerWithoutId(parts.api.system, requestId);
      return { is: 'accepted', id: pass.data.id, code: pass.data.temporaryAccessPass, ...(requestId === undefined ? {} : { requestId }) };
    },
    removePass: async (change, signal) => {
      const account = resolvedId(change.object);
      const pass = resolvedId(change.other);
      const path = `${passesOf(account)}/${encodeURIComponent(pass)}`;
      const result = await parts.api.write({ method: 'DELETE', path, priority: priorityOf(change) }, signal);
      if (result.is === 'ok') return toAnswer(result, account);
      const isGone = result.is === 'refused' && result.status === 404 && (await lacks(reader, account, pass, signal));
      return isGone ? accepted(account, result.problem.requestId) : unlessNotYetVisible(result, account, parts.recent);
    },
  };
}

function passesOf(account: string): string {
  return `/users/${encodeURIComponent(account)}/authentication/temporaryAccessPassMethods`;
}

async function lacks(reader: PassReader, account: string, pass: string, signal: AbortSignal): Promise<boolean> {
  try {
    return (await reader.passesOf(account, signal)).every(({ id }) => id !== pass);
  } catch (error) {
    // The refusal stands whatever the look says.
    if (error instanceof GatehouseError) return false;
    throw error;
  }
}

function bodyOf(input: Attributes): Record<string, unknown> {
  const { startsAt, lifetimeMinutes, isUsableOnce } = input;
  return {
    ...(startsAt == null ? {} : { startDateTime: startsAt }),
    ...(lifetimeMinutes == null ? {} : { lifetimeInMinutes: lifetimeMinutes }),
    ...(isUsableOnce == null ? {} : { isUsableOnce }),
  };
}
