import { z } from 'zod';
import type { Change, Skip } from '../domain/change.ts';
import type { FoundDevice } from '../ports/readers/devices.ts';
import { accountsThere } from './accounts-there.ts';
import { changes } from './plans.ts';
import { need, type Sight, type Task } from './task.ts';
import { unlinking } from './unlinking.ts';

const input = z.strictObject({ target: z.string() });

/**
 * Takes the person's devices out of use: their own are removed, the company's are disabled, for with its entry a computer's recovery keys would go
 * (https://learn.microsoft.com/entra/identity/devices/manage-stale-devices). One that another directory masters, or that others use as well, is left and said.
 */
export const removeDevices: Task<z.infer<typeof input>> = {
  id: 'remove-devices',
  does: "removes the person's own devices, and disables those of the company that they registered",
  input,
  async plan({ target }, subject, sight) {
    const wanted: Change[] = [];
    const skips: Skip[] = [];
    for (const { link } of await accountsThere(target, subject, sight)) {
      const devices = await need(sight, target, 'devices').devicesOf(link.nativeId, sight.signal);
      for (const device of devices.filter(({ enabled, kind }) => enabled || kind === 'personal')) {
        const reason = await whyLeft(device, link.nativeId, target, sight);
        if (reason !== undefined) skips.push({ target, object: device.id, reason });
        else
          wanted.push(unlinking(link, subject, { kind: 'device', relation: 'device', id: device.id, name: device.name }, 'access-ended'));
      }
    }
    return changes(wanted, skips);
  },
};

async function whyLeft(
  { id, name, kind }: FoundDevice,
  account: string,
  target: string,
  sight: Sight,
): Promise<Skip['reason'] | undefined> {
  if (kind === 'hybrid') return { code: 'synced-object', message: `${name} is mastered in Active Directory: disable the computer there.` };
  if (kind === 'personal') return undefined;
  const others = (await need(sight, target, 'devices').usersOf(id, sight.signal)).filter((user) => user !== account);
  if (others.length === 0) return undefined;
  return { code: 'owned-by-another', message: `${name} is used by ${others.length} other people too: it stays enabled.` };
}
