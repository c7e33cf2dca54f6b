import type { TargetId } from '../../domain/ids.ts';
import type { WritableTarget } from '../../ports/writers/writable-target.ts';
import { createAccountReader } from './account-reader.ts';
import { createAccountWriter } from './account-writer.ts';
import type { PasswordMaker } from './ad-values.ts';
import { anything, createLdapDirectory } from './ldap-directory.ts';
import { createLdapSession, type LdapSettings } from './ldap-session.ts';
import { createMembershipReader } from './membership-reader.ts';
import { createMembershipWriter } from './membership-writer.ts';
import { GatehouseError } from '../../errors.ts';

/** A domain: its connection, and the DN of its root. */
export type AdSettings = LdapSettings & { readonly id: TargetId; readonly baseDn: string };

/** A connector with a connection to close at the end of the process. */
export type AdTarget = WritableTarget & { close(): Promise<void> };

/** An Active Directory domain as a target, over LDAPS. Connects at first use. */
export function createAdTarget(settings: AdSettings, deps: { readonly newPassword: PasswordMaker }): AdTarget {
  const session = createLdapSession(settings);
  const parts = { directory: createLdapDirectory(session), baseDn: settings.baseDn };
  const accounts = createAccountReader(parts);
  const memberships = createMembershipReader(parts);
  return {
    id: settings.id,
    kind: 'ad',
    reads: { accounts, memberships },
    writes: {
      accounts: createAccountWriter({ ...parts, reader: accounts, newPassword: deps.newPassword }),
      memberships: createMembershipWriter(parts, memberships),
    },
    probe: async (signal) => {
      const query = { base: settings.baseDn, scope: 'base' as const, filter: anything, attributes: ['objectGUID'] };
      for await (const _ of parts.directory.search(query, signal)) return;
      throw new GatehouseError(
        'config-invalid',
        `The directory has no domain ${settings.baseDn}. Check baseDn, and that the service account may read it.`,
      );
    },
    close: () => session.close(),
  };
}
