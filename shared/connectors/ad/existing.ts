import { GatehouseError } from '../../errors.ts';
import type { AdParts } from './ad-parts.ts';
import type { LdapEntry } from './ldap-entry.ts';

/** The object with these attributes, or `target-not-found`. */
export async function existingWith(parts: AdParts, id: string, attributes: readonly string[], signal: AbortSignal): Promise<LdapEntry> {
  const entry = await parts.directory.object(id, attributes, signal);
  if (entry === undefined) throw new GatehouseError('target-not-found', `Active Directory has no object ${id}.`);
  return entry;
}

/** The object, for its name; or `target-not-found`. */
export function existing(parts: AdParts, id: string, signal: AbortSignal): Promise<LdapEntry> {
  return existingWith(parts, id, ['cn'], signal);
}
