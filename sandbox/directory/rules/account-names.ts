import { attributeError, adError } from '../ad-error.ts';
import { attributeDefinition } from '../schema/attributes.ts';
import { matchKey } from '../schema/values.ts';
import type { Attributes } from '../store/directory-object.ts';
import type { DirectoryStore } from '../store/directory-store.ts';

// SAM account names of users are held to 20 characters, and none of these may occur (MS-ADTS 3.1.1.5.2.2; MS-SAMR 3.1.1.8.4).
const longestUserName = 20;
const forbidden = /["/\\[\]:;|=,+*?<>\p{Cc}]/u;

/** Refuses account names that Windows does not allow, and those that another object has: `sAMAccountName` within the domain, `userPrincipalName` within the forest.
 * `id` is the object's own number, which may keep its names. */
export function checkAccountNames(store: DirectoryStore, attributes: Attributes, isUser: boolean, id?: number): void {
  const accountName = attributes['sAMAccountName']?.[0];
  if (accountName !== undefined) {
    const isBad =
      forbidden.test(accountName) ||
      accountName.endsWith('.') ||
      accountName.trim() === '' ||
      (isUser && accountName.length > longestUserName);
    if (isBad) throw attributeError('nameNotAllowed', 'sAMAccountName');
    if (isTaken(store, 'sAMAccountName', accountName, id)) throw adError('accountExists');
  }
  const principalName = attributes['userPrincipalName']?.[0];
  if (principalName !== undefined && isTaken(store, 'userPrincipalName', principalName, id))
    throw attributeError('upnExists', 'userPrincipalName');
}

function isTaken(store: DirectoryStore, attribute: 'sAMAccountName' | 'userPrincipalName', value: string, id: number | undefined): boolean {
  const definition = attributeDefinition(attribute);
  return definition !== undefined && store.objects.idsByKey(attribute, matchKey(definition, value)).some((other) => other !== id);
}
