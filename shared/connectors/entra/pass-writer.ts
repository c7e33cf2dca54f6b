import { z } from 'zod';
import type { Attributes } from '../../domain/change.ts';
import type { PassReader } from '../../ports/readers/passes.ts';
import type { PassWriter } from '../../ports/writers/writers.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { answerWithoutId } from '../http/to-answer.ts';
import type { EntraParts } from './entra-parts.ts';
import { unlessNotYetVisible } from './not-yet-visible.ts';
import { removePart } from './remove-part.ts';

const collection = 'authentication/temporaryAccessPassMethods';
const issued = z.object({ id: z.string().min(1), temporaryAccessPass: z.string().min(1) });

/**
 * Issues and deletes Temporary Access Passes (https://learn.microsoft.com/graph/api/authentication-post-temporaryaccesspassmethods). `input` is `lifetimeMinutes`, `isUsableOnce` and
 * optionally `startsAt`, an instant. The code is in this one answer alone; a new pass voids the one before it.
 */
export function createPassWriter(parts: EntraParts, reader: PassReader): PassWriter {
  return {
    issue: async (change, signal) => {
      const account = resolvedId(change.object);
      const path = `/users/${encodeURIComponent(account)}/${collection}`;
      const result = await parts.api.write({ method: 'POST', path, body: bodyOf(change.input), priority: priorityOf(change) }, signal);
      if (result.is !== 'ok') return unlessNotYetVisible(result, account, parts.recent);
      const { requestId } = result.reply;
      const pass = issued.safeParse(result.reply.body);
      if (!pass.success) return answerWithoutId(parts.api.system, requestId);
      return { is: 'accepted', id: pass.data.id, code: pass.data.temporaryAccessPass, ...(requestId === undefined ? {} : { requestId }) };
    },
    removePass: (change, signal) => {
      const id = resolvedId(change.other);
      const there = () => reader.passesOf(resolvedId(change.object), signal);
      return removePart(parts, change, { path: `${collection}/${encodeURIComponent(id)}`, id, there }, signal);
    },
  };
}

function bodyOf(input: Attributes): Record<string, unknown> {
  const { startsAt, lifetimeMinutes, isUsableOnce } = input;
  return {
    ...(startsAt == null ? {} : { startDateTime: startsAt }),
    ...(lifetimeMinutes == null ? {} : { lifetimeInMinutes: lifetimeMinutes }),
    ...(isUsableOnce == null ? {} : { isUsableOnce }),
  };
}
