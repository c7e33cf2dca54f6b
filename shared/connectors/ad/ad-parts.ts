import type { LdapDirectory } from './ldap-directory.ts';

/** What the parts of the connector share: the directory and the DN of its domain. */
export type AdParts = { readonly directory: LdapDirectory; readonly baseDn: string };
