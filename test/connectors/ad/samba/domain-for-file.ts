import { Client } from 'ldapts';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll } from 'vitest';
import { domain } from '../../../../sandbox/directory/domain.ts';
import { createAdTarget, type AdSettings, type AdTarget } from '../../../../shared/connectors/ad/create-ad-target.ts';
import { randomPassword } from '../../../../shared/connectors/secrets/random-password.ts';
import { failureOf } from '../failure-of.ts';
import { startSamba, type RunningSamba } from '../../../support/samba/start-samba.ts';
import type { SambaKind } from '../../../support/samba/samba-template.ts';

/** A real domain for the tests of one file, and what a test does with it beside the connector. */
export type DomainForFile = {
  readonly samba: () => RunningSamba;
  /** The connector, with the rights of the service account; `settings` change how it connects. */
  readonly target: (settings?: Partial<AdSettings>) => AdTarget;
  /** Every password that the connector has made, the latest last. */
  readonly passwords: readonly string[];
  /** Signs in as somebody: `accepted`, or the result code and what stands after `data`. */
  readonly signIn: (user: string, password: string) => Promise<string>;
  /** Does something as the domain's administrator, as somebody else would. */
  readonly asAdministrator: <T>(does: (client: Client) => Promise<T>) => Promise<T>;
};

/** Starts a domain before the tests of the file and stops it after them, with all that was connected to it. */
export function domainForFile(kind: SambaKind = 'company'): DomainForFile {
  let samba: RunningSamba | undefined;
  const targets: AdTarget[] = [];
  const passwords: string[] = [];
  const running = (): RunningSamba => {
    if (samba === undefined) throw new Error('The domain is not there yet.');
    return samba;
  };
  const newPassword = () => {
    passwords.push(randomPassword());
    return passwords.at(-1) ?? '';
  };
  const connected = async <T>(user: string, password: string, does: (client: Client) => Promise<T>): Promise<T> => {
    const { address, login } = running();
    const client = new Client({
      url: `ldaps://${address}`,
      tlsOptions: { ca: readFileSync(login.caFile), servername: login.serverName },
      timeout: 10_000,
    });
    try {
      await client.bind(user, password);
      return await does(client);
    } finally {
      await client.unbind();
    }
  };
  beforeAll(async () => {
    samba = await startSamba(kind);
  });
  afterAll(async () => {
    for (const target of targets) await target.close();
    await samba?.stop();
  });
  return {
    samba: running,
    target(settings = {}) {
      const common = { id: 'ad:samba', baseDn: domain.dn, urls: [`ldaps://${running().address}`] } as const;
      const target = createAdTarget({ ...common, ...running().login, ...settings }, { newPassword });
      targets.push(target);
      return target;
    },
    passwords,
    signIn: (user, password) => failureOf(connected(user, password, () => Promise.resolve())),
    asAdministrator: (does) => connected(running().administrator.user, running().administrator.password, does),
  };
}
