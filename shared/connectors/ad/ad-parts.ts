import type { LdapDirectory } from './ldap-directory.ts';

/** What the parts of the connector share: the directory, the DN of its domain, and the organisational units whose accounts are protected. */
export type AdParts = { readonly directory: LdapDirectory; readonly baseDn: string; readonly protectedOus?: readonly string[] };
