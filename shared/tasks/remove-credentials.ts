import { z } from 'zod';
import type { Change, Skip } from '../domain/change.ts';
import { accountsThere } from './accounts-there.ts';
import { changes } from './plans.ts';
import { need, type Task } from './task.ts';
import { unlinking } from './unlinking.ts';

const input = z.strictObject({ target: z.string() });

/** Deletes the credentials that the target keeps beside the password, of every kind. A kind that cannot be read is a gap, never taken for none. */
export const removeCredentials: Task<z.infer<typeof input>> = {
  id: 'remove-credentials',
  does: 'deletes the credentials of every kind that the target keeps, and says which kinds cannot be read',
  input,
  async plan({ target }, subject, sight) {
    const reader = need(sight, target, 'credentials');
    const wanted: Change[] = [];
    const skips: Skip[] = [];
    for (const { link } of await accountsThere(target, subject, sight)) {
      const { credentials, unreadable } = await reader.credentialsOf(link.nativeId, sight.signal);
      const taken = credentials.map(({ id, kind }) => ({ kind: 'credential', relation: 'credential', id, name: kind }) as const);
      wanted.push(...taken.map((one) => unlinking(link, subject, one, 'access-ended')));
      for (const { kind, problem } of unreadable) {
        const message = `${kind} could not be read, and may be there still: ${problem}`;
        skips.push({ target, object: kind, reason: { code: 'no-authority', message } });
      }
    }
    return changes(wanted, skips);
  },
};
