import { z } from 'zod';
import type { Attributes } from '../../domain/change.ts';
import type { PassWriter } from '../../ports/writers/writers.ts';
import { priorityOf } from '../http/priority-of.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { answerWithoutId } from '../http/to-answer.ts';
import type { EntraParts } from './entra-parts.ts';
import { unlessNotYetVisible } from './not-yet-visible.ts';

const issued = z.object({ id: z.string().min(1), temporaryAccessPass: z.string().min(1) });

/**
 * Issues Temporary Access Passes (https://learn.microsoft.com/graph/api/authentication-post-temporaryaccesspassmethods). `input` is `lifetimeMinutes`, `isUsableOnce` and
 * optionally `startsAt`, an instant. The code is in this one answer alone; a new pass voids the one before it.
 */
export function createPassWriter(parts: EntraParts): PassWriter {
  return {
    issue: async (change, signal) => {
      const account = resolvedId(change.object);
      const path = `/users/${encodeURIComponent(account)}/authentication/temporaryAccessPassMethods`;
      const result = await parts.api.write({ method: 'POST', path, body: bodyOf(change.input), priority: priorityOf(change) }, signal);
      if (result.is !== 'ok') return unlessNotYetVisible(result, account, parts.recent);
      const { requestId } = result.reply;
      const pass = issued.safeParse(result.reply.body);
      if (!pass.success) return answerWithoutId(parts.api.system, requestId);
      return { is: 'accepted', id: pass.data.id, code: pass.data.temporaryAccessPass, ...(requestId === undefined ? {} : { requestId }) };
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
