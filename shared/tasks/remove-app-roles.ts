import { z } from 'zod';
import type { Change } from '../domain/change.ts';
import { accountsThere } from './accounts-there.ts';
import { changes } from './plans.ts';
import { need, type Task } from './task.ts';
import { unlinking } from './unlinking.ts';

const input = z.strictObject({ target: z.string() });

/** Takes away the application roles that are assigned directly. */
export const removeAppRoles: Task<z.infer<typeof input>> = {
  id: 'remove-app-roles',
  does: 'takes away the application roles that are assigned directly',
  input,
  async plan({ target }, subject, sight) {
    const reader = need(sight, target, 'appRoles');
    const wanted: Change[] = [];
    for (const { link } of await accountsThere(target, subject, sight)) {
      const roles = await reader.appRolesOf(link.nativeId, sight.signal);
      const taken = roles.map(
        ({ id, application, role }) => ({ kind: 'app-role', relation: 'app-role', id, name: `${role} in ${application}` }) as const,
      );
      wanted.push(...taken.map((one) => unlinking(link, subject, one, 'access-ended')));
    }
    return changes(wanted);
  },
};
