import type { TargetId } from '../../domain/ids.ts';
import type { WritableTarget } from '../../ports/writers/writable-target.ts';
import { createAccountReader } from './account-reader.ts';
import { createAccountWriter } from './account-writer.ts';
import type { PasswordMaker } from './ad-values.ts';
import { createControllerReader } from './controller-reader.ts';
import { createFailoverSession } from './failover-session.ts';
import { anything, createLdapDirectory } from './ldap-directory.ts';
import { createLdapSession, type LdapSettings } from './ldap-session.ts';
import { createMembershipReader } from './membership-reader.ts';
import { createMembershipWriter } from './membership-writer.ts';
import { createPasswordReader } from './password-reader.ts';
import { createPasswordWriter } from './password-writer.ts';
import { GatehouseError } from '../../errors.ts';

/** A domain: its controllers, the one to be preferred first; how to sign in to them; and the DN of its root. */
export type AdSettings = Omit<LdapSettings, 'url'> & {
  readonly id: TargetId;
  readonly baseDn: string;
  readonly urls: readonly [string, ...string[]];
  /** Organisational units whose accounts count as privileged, such as those of service accounts. */
  readonly protectedOus?: readonly string[];
};

/** A connector with a connection to close at the end of the process. */
export type AdTarget = WritableTarget & { close(): Promise<void> };

/** An Active Directory domain as a target, over LDAPS. Connects at first use; works on one controller, and looks at all of them where that is asked. */
export function createAdTarget(settings: AdSettings, deps: { readonly newPassword: PasswordMaker }): AdTarget {
  const controllers = settings.urls.map((url) => ({ name: new URL(url).host, session: createLdapSession({ ...settings, url }) }));
  const session = createFailoverSession(controllers.map((controller) => controller.session));
  const parts = { directory: createLdapDirectory(session), baseDn: settings.baseDn, protectedOus: settings.protectedOus ?? [] };
  const accounts = createAccountReader(parts);
  const memberships = createMembershipReader(parts);
  return {
    id: settings.id,
    kind: 'ad',
    reads: {
      accounts,
      memberships,
      passwords: createPasswordReader(parts),
      controllers: createControllerReader(controllers.map((one) => ({ name: one.name, directory: createLdapDirectory(one.session) }))),
    },
    writes: {
      accounts: createAccountWriter({ ...parts, reader: accounts, newPassword: deps.newPassword }),
      memberships: createMembershipWriter(parts, memberships),
      passwords: createPasswordWriter(parts, deps.newPassword),
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
