import { bodyOf, nowText, type GraphAnswer, type GraphCall } from '../http/graph-call.ts';
import type { User } from '../store/entities.ts';
import { updateObject } from '../store/objects.ts';
import { requireWritable } from './authority.ts';
import { checkValues, passwordOf } from './check-values.ts';
import { requireUser } from './find-user.ts';
import { withPrimaryAddress } from './proxy-addresses.ts';
import { requireFree } from './require-free.ts';

/** `PATCH /users/{id}` (https://learn.microsoft.com/graph/api/user-update). */
export function updateUser(call: GraphCall): GraphAnswer {
  const { world } = call;
  const user = requireUser(call);
  const { '@odata.type': _type, ...values } = bodyOf(call);
  requireWritable(world, user, Object.keys(values));
  checkValues(values);
  const { passwordProfile, ...plain } = values;
  const changed = { ...user, ...plain, ...addresses(user, plain), ...passwordTimes(passwordProfile, nowText(world)) };
  requireFree(world, changed);
  const password = passwordOf(passwordProfile);
  if (password !== undefined) world.rememberSecret('graph', 'password', password);
  updateObject(world.database, changed);
  return { status: 204 };
}

function addresses(user: User, values: Readonly<Record<string, unknown>>): Partial<User> {
  const { mail }: { readonly mail?: unknown } = values;
  if (mail === undefined || mail === user.mail) return {};
  const text = typeof mail === 'string' ? mail : null;
  return { mail: text, proxyAddresses: withPrimaryAddress(user.proxyAddresses, text) };
}

// A new password ends the sessions that the old one began.
function passwordTimes(passwordProfile: unknown, now: string): Partial<User> {
  return passwordProfile === undefined ? {} : { lastPasswordChangeDateTime: now, signInSessionsValidFromDateTime: now };
}
