import { z } from 'zod';
import type { Change } from '../domain/change.ts';
import { accountsThere } from './accounts-there.ts';
import { placeInOu } from './place-in-ou.ts';
import { changes } from './plans.ts';
import type { Task } from './task.ts';

const input = z.strictObject({ target: z.string(), ou: z.string() });

/** Moves the person's accounts into an organisational unit, such as the one for leavers. It has to lie inside the sync scope, which is checked at start. */
export const moveToOu: Task<z.infer<typeof input>> = {
  id: 'move-to-ou',
  does: 'moves the accounts into an organisational unit',
  input,
  async plan({ target, ou }, subject, sight) {
    const wanted: Change[] = [];
    for (const { link, found } of await accountsThere(target, subject, sight)) {
      const placing = await placeInOu(target, found, ou, { subject, sight });
      if (placing === undefined) continue;
      const aim = { target, person: subject.personId, kind: 'account', object: { id: link.nativeId }, effect: 'revoke' } as const;
      wanted.push({ ...aim, cause: { reference: 'access-ended', message: `Moved to ${ou}.` }, as: 'reach', do: 'update', ...placing });
    }
    return changes(wanted);
  },
};
