import { guidText } from './guid.ts';
import type { LdapEntry } from './ldap-entry.ts';

/** Ids of the entries whose objectGUID may be read. */
export async function* idsOf(entries: AsyncIterable<LdapEntry>): AsyncGenerator<string> {
  for await (const entry of entries) {
    const guid = entry.bytes('objectGUID');
    if (guid !== undefined) yield guidText(guid);
  }
}
