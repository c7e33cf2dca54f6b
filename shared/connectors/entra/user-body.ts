import type { Attributes, Value } from '../../domain/change.ts';

/** Makes a password that is sent once and known to nobody. */
export type PasswordMaker = () => string;

/** Attributes that are not properties of the user's own body: the manager is a reference. */
const elsewhere = new Set(['manager']);

/**
 * The body of a user to create or update. `enabled` is `accountEnabled`; a secret becomes a password that has to be changed at the first sign-in
 * (https://learn.microsoft.com/graph/api/resources/passwordprofile).
 */
export function toUserBody(attributes: Attributes, newPassword: PasswordMaker): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (elsewhere.has(name)) continue;
    if (name === 'enabled') body['accountEnabled'] = value === true;
    else if (isSecret(value)) body['passwordProfile'] = { password: newPassword(), forceChangePasswordNextSignIn: true };
    else body[name] = value;
  }
  return body;
}

function isSecret(value: Value): boolean {
  return typeof value === 'object' && value !== null && 'secret' in value;
}
