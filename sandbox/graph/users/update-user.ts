import type { World } from '../../foundation/world.ts';
import { bodyOf, nowText, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import type { User } from '../store/entities.ts';
import { updateObject } from '../store/objects.ts';
import { requireWritable } from './authority.ts';
import { checkValues, passwordOf } from './check-values.ts';
import { requireUser } from './find-user.ts';
import { renamedAddresses } from './proxy-addresses.ts';
import { requireFree } from './require-free.ts';

/** `PATCH /users/{id}` (https://learn.microsoft.com/graph/api/user-update). */
export function updateUser(call: GraphCall): GraphAnswer {
  const user = requireUser(call);
  const { '@odata.type': _type, ...values } = bodyOf(call);
  requireWritable(call.world, user, Object.keys(values));
  changeUser(call.world, user, values);
  return { status: 204 };
}

/** Gives a user these properties, as far as their values are sound and free. Throws 400. */
export function changeUser(world: World, user: User, values: Readonly<Record<string, unknown>>): void {
  checkValues(values);
  const { passwordProfile, ...plain } = values;
  const changed = { ...user, ...plain, ...renamedAddresses(world, user, plain), ...passwordTimes(passwordProfile, nowText(world)) };
  requireFree(world, changed);
  const password = passwordOf(passwordProfile);
  if (password !== undefined) world.rememberSecret('graph', 'password', password);
  updateObject(world.database, changed);
}

// A new password ends the sessions that the old one began.
function passwordTimes(passwordProfile: unknown, now: string): Partial<User> {
  return passwordProfile === undefined ? {} : { lastPasswordChangeDateTime: now, signInSessionsValidFromDateTime: now };
}
