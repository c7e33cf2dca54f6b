import type { Attributes } from '../../domain/change.ts';
import type { FoundAccount } from '../../ports/readers/accounts.ts';
import { accountControl, adTexts } from './ad-attributes.ts';
import { parentName } from './distinguished-name.ts';
import { instantText } from './file-time.ts';
import { guidText } from './guid.ts';
import type { LdapEntry } from './ldap-entry.ts';

/**
 * An account in the words of the port. `ou` is the DN of its container; `manager` the objectGUID of the manager; `accountExpires` an instant or null for never; `mustChangePassword` is true where `pwdLastSet` is 0
 * (https://learn.microsoft.com/windows/win32/adschema/a-pwdlastset); `lockedOut` where too many wrong passwords have set `lockoutTime`, until the next sign-in or an unlock, also where the lock has run out by itself
 * (…/adschema/a-lockouttime). Undefined where the objectGUID may not be read.
 */
export function toFoundAccount(entry: LdapEntry, manager: string | null): FoundAccount | undefined {
  const guid = entry.bytes('objectGUID');
  if (guid === undefined) return undefined;
  const attributes: Attributes = {
    ...Object.fromEntries(adTexts.map((name) => [name, entry.text(name)])),
    ou: parentName(entry.dn),
    proxyAddresses: entry.texts('proxyAddresses'),
    accountExpires: instantText(entry.text('accountExpires')),
    lockedOut: (entry.text('lockoutTime') ?? '0') !== '0',
    mustChangePassword: entry.text('pwdLastSet') === '0',
    manager,
  };
  return {
    id: guidText(guid),
    attributes,
    enabled: isEnabled(entry),
    employeeId: entry.text('employeeID'),
    displayName: entry.text('displayName'),
    anchor: (entry.bytes('mS-DS-ConsistencyGuid') ?? guid).toString('base64'),
    masteredElsewhere: false,
    syncedAt: null,
  };
}

/** Whether an entry that was read with `userAccountControl` is enabled. What cannot be read counts as disabled: it lets nobody in. */
export function isEnabled(entry: LdapEntry): boolean {
  return (Number(entry.text('userAccountControl') ?? accountControl.disabled) & accountControl.disabled) === 0;
}
