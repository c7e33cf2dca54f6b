import type { Attributes, Value } from '../../domain/change.ts';
import { GatehouseError } from '../../errors.ts';
import { accountControl } from './ad-attributes.ts';
import { fileTime } from './file-time.ts';
import type { LdapValues } from './ldap-directory.ts';

/** Makes a password that is set once and known to nobody. */
export type PasswordMaker = () => string;

/** Attributes that are not written under their own name: the name and place of the object, its state, and references. */
const special = new Set(['cn', 'ou', 'enabled', 'manager', 'mustChangePassword', 'accountExpires', 'lockedOut']);

/**
 * The values to write for a change's attributes: text as it is, null clears, a secret becomes `unicodePwd`, `mustChangePassword` becomes `pwdLastSet`, an instant `accountExpires` its FILETIME, `lockedOut` false unlocks. `cn`, `ou`, `enabled` and `manager` are left to the caller.
 */
export function toLdapValues(attributes: Attributes, newPassword: PasswordMaker): Map<string, LdapValues> {
  const values = new Map<string, LdapValues>();
  for (const [name, value] of Object.entries(attributes)) {
    if (special.has(name)) continue;
    if (isSecret(value)) values.set('unicodePwd', [encodePassword(newPassword())]);
    else values.set(name, textsOf(value));
  }
  const mustChange = attributes['mustChangePassword'];
  // 0 is "never set", so it must be changed; -1 is "set now" (https://learn.microsoft.com/windows/win32/adschema/a-pwdlastset).
  if (typeof mustChange === 'boolean') values.set('pwdLastSet', [mustChange ? '0' : '-1']);
  const expires = attributes['accountExpires'];
  if (typeof expires === 'string' || expires === null) values.set('accountExpires', [fileTime(expires || null)]);
  // 0 is the only value that may be written (https://learn.microsoft.com/windows/win32/adschema/a-lockouttime).
  if (attributes['lockedOut'] === true) throw new GatehouseError('target-refused', 'Only the directory itself locks an account out.');
  if (attributes['lockedOut'] === false) values.set('lockoutTime', ['0']);
  return values;
}

/** `userAccountControl` with the account enabled or disabled and every other bit as it was. */
export function withEnabled(control: number, enabled: boolean): string {
  return String(enabled ? control & ~accountControl.disabled : control | accountControl.disabled);
}

function isList(value: Value): value is readonly string[] {
  return Array.isArray(value);
}

function isSecret(value: Value): boolean {
  return typeof value === 'object' && value !== null && 'secret' in value;
}

/** A password as `unicodePwd` takes it: in double quotes, UTF-16 little-endian (MS-ADTS 3.1.1.3.1.5). */
export function encodePassword(password: string): Buffer {
  return Buffer.from(`"${password}"`, 'utf16le');
}

function textsOf(value: Value): readonly string[] {
  if (value === null || value === '') return [];
  if (isList(value)) return value;
  if (typeof value === 'boolean') return [value ? 'TRUE' : 'FALSE'];
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  throw new TypeError('Of all references only the manager can be written to Active Directory.');
}
