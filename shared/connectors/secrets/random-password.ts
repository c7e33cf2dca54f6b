import { randomInt } from 'node:crypto';

const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ';
const others = '23456789!#%*+-=?@_';
const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/] as const;
const length = 32;

/**
 * A password that nobody is meant to know: 32 random characters (over 150 bits) with each of the four kinds that Active Directory and Entra ID count
 * (https://learn.microsoft.com/entra/identity/authentication/concept-sspr-policy). Never three letters in a row: Active Directory refuses a password that
 * holds a part of somebody's name of three characters or more (https://learn.microsoft.com/windows/security/threat-protection/security-policy-settings/password-must-meet-complexity-requirements),
 * and by chance a random one would.
 */
export function randomPassword(): string {
  let password = '';
  while (password.length < length) password += pick(/[A-Za-z]{2}$/.test(password) ? others : letters + others);
  return kinds.every((kind) => kind.test(password)) ? password : randomPassword();
}

function pick(from: string): string {
  return from.charAt(randomInt(from.length));
}
