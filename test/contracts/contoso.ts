import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type RunningSandbox } from '../../sandbox/start-sandbox.ts';
import { sambaProgram, startSamba } from '../support/samba/start-samba.ts';
import { startLdapRelay, type LdapRelay } from '../support/samba/ldap-relay.ts';
import { createAdTarget, type AdTarget } from '../../shared/connectors/ad/create-ad-target.ts';
import { createEntraTarget } from '../../shared/connectors/entra/create-entra-target.ts';
import { createGenericHrSource } from '../../shared/connectors/hr/create-generic-hr-source.ts';
import { createHrApi } from '../../shared/connectors/hr/create-hr-api.ts';
import { createHrTarget } from '../../shared/connectors/hr/create-hr-target.ts';
import { createClientCredentialsTokenSource } from '../../shared/connectors/http/client-credentials-token-source.ts';
import { createFixedTokenSource } from '../../shared/connectors/http/fixed-token-source.ts';
import { createGraphApi } from '../../shared/connectors/http/create-graph-api.ts';
import type { Api } from '../../shared/connectors/http/api.ts';
import { graphUses } from '../../shared/connectors/http/graph-uses.ts';
import { createMailTarget } from '../../shared/connectors/mail/create-mail-target.ts';
import { createOciApi } from '../../shared/connectors/oci/create-oci-api.ts';
import { createOciTarget } from '../../shared/connectors/oci/create-oci-target.ts';
import { makeTarget } from '../connectors/scim/make-target.ts';
import { randomPassword } from '../../shared/connectors/secrets/random-password.ts';
import type { HrSource } from '../../shared/ports/hr-source.ts';
import type { WritableTarget } from '../../shared/ports/writers/writable-target.ts';
import { required } from './expected.ts';

/** The targets that contracts are tried on. `samba` is a real domain controller; elsewhere than in the contracts that name it, it is the sandbox's directory. */
export type TargetName = 'entra' | 'ad' | 'samba' | 'oci' | 'scim' | 'mail' | 'hr';

/** The simulated company with every connector on it. */
export type Contoso = {
  readonly sandbox: RunningSandbox;
  readonly targets: Readonly<Record<TargetName, WritableTarget>>;
  /** What stands between the connector and Samba, where there is one. */
  readonly relay: LdapRelay | undefined;
  readonly source: HrSource;
  readonly stop: () => Promise<void>;
};

const tenant = '8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4';

/** Starts the sandbox on free ports in a folder of its own, with Cloud Sync at rest; and Samba beside it where that is asked for and the machine has it. */
export async function startContoso(beside?: 'samba'): Promise<Contoso> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-contracts-'));
  const sandbox = await startSandbox({ dataDir, ports: { control: 0, graph: 0, oci: 0, ldap: 0, ldaps: 0 } });
  // Gatehouse's application is granted what docs/permissions.md lists, and nothing else.
  const permissions = [...new Set(graphUses.map(({ permission }) => permission))];
  sandbox.world.changeSettings({ cloudSync: { paused: true }, graph: { permissions } });
  const connected = connectTo(sandbox);
  const samba = beside === undefined || sambaProgram === undefined ? undefined : await startBeside();
  return {
    sandbox,
    targets: { ...connected.targets, samba: samba?.target ?? connected.targets.ad },
    source: createGenericHrSource(hrOf(sandbox, {})),
    relay: samba?.relay,
    stop: async () => {
      await samba?.stop();
      await connected.close();
      await sandbox.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** How connectors are set up that are not as usual: how long they wait for an answer, and where they look for the systems. */
export type Connecting = { readonly timeoutMs?: number; readonly insteadOfAll?: string; readonly trustsNobody?: boolean };

/** Every connector on the company. */
export function connectTo(
  sandbox: RunningSandbox,
  how: Connecting = {},
): { readonly targets: Omit<Contoso['targets'], 'samba'>; readonly close: () => Promise<void> } {
  const ad = adOf(sandbox, how);
  const hr = createHrTarget({ id: 'hr:contoso', source: 'generic' }, { hr: hrOf(sandbox, how) });
  return {
    targets: { ...graphTargets(sandbox, how), oci: ociOf(sandbox, how), scim: scimOf(sandbox, how), ad, hr },
    close: () => ad.close(),
  };
}

/** Has the next call of this kind fail; `after` means that it has taken effect and only its answer is lost. */
export function nextCallFails(contoso: Contoso, system: FaultySystem, operation: string, fault: Fault): void {
  if (system === 'samba') return required(contoso.relay).failNext(relayed(operation), fault);
  contoso.sandbox.world.faults.add({ system, operation, nth: 1, times: 1, ...fault });
}
type FaultySystem = 'graph' | 'oci' | 'directory' | 'scim' | 'hr' | 'samba';
export type Fault = {
  readonly phase: 'before' | 'after';
  readonly effect: { readonly reset: true } | { readonly status: number; readonly code?: string; readonly retryAfter?: number };
};

function relayed(operation: string): 'add' | 'modify' {
  if (operation === 'ldap.add') return 'add';
  if (operation === 'ldap.modify') return 'modify';
  throw new Error(`The relay to Samba has no ${operation}.`);
}

/** How many requests a system has seen. */
export function requestCount(contoso: Contoso, system: Exclude<FaultySystem, 'hr'>): number {
  if (system === 'samba') return required(contoso.relay).seen().length;
  return contoso.sandbox.world.requests.since(system, 0).length;
}

async function startBeside(): Promise<{ readonly target: AdTarget; readonly relay: LdapRelay; readonly stop: () => Promise<void> }> {
  const samba = await startSamba();
  const relay = await startLdapRelay(samba);
  const settings = { id: 'ad:samba', baseDn: 'DC=corp,DC=contoso,DC=example', urls: [relay.url] } as const;
  const target = createAdTarget({ ...settings, ...samba.login }, { newPassword: randomPassword });
  return {
    target,
    relay,
    stop: async () => {
      await target.close();
      await relay.stop();
      await samba.stop();
    },
  };
}

function within({ timeoutMs }: Connecting): { readonly timeoutMs?: number } {
  return timeoutMs === undefined ? {} : { timeoutMs };
}

function hrOf(sandbox: RunningSandbox, how: Connecting): Api {
  return createHrApi(
    { baseUrl: how.insteadOfAll ?? sandbox.urls.control, ...within(how) },
    createFixedTokenSource(() => Promise.resolve('sandbox-hr-api-key')),
  );
}

function graphTargets(sandbox: RunningSandbox, how: Connecting): Pick<Contoso['targets'], 'entra' | 'mail'> {
  const tokens = createClientCredentialsTokenSource({
    system: 'Entra ID',
    tokenUrl: `${sandbox.urls.graph}/${tenant}/oauth2/v2.0/token`,
    clientId: '5d3f6c1e-0a4b-4f57-8f7e-2b1c9d8e7f60',
    secret: () => Promise.resolve('sandbox-graph-secret'),
    scope: 'https://graph.microsoft.com/.default',
    authentication: 'body',
  });
  const graph = createGraphApi({ baseUrl: how.insteadOfAll ?? sandbox.urls.graph, tenantSize: 'M', ...within(how) }, tokens);
  return {
    entra: createEntraTarget({ id: 'entra:contoso' }, { graph, newPassword: randomPassword }),
    mail: createMailTarget({ id: 'mail:contoso', sender: 'gatehouse@contoso.example' }, { graph }),
  };
}

function ociOf(sandbox: RunningSandbox, how: Connecting): WritableTarget {
  const tokens = createClientCredentialsTokenSource({
    system: 'OCI IAM',
    tokenUrl: `${sandbox.urls.oci}/oauth2/v1/token`,
    clientId: 'gatehouse',
    secret: () => Promise.resolve('sandbox-oci-secret'),
    scope: 'urn:opc:idm:__myscopes__',
    authentication: 'basic',
  });
  const oci = createOciApi({ baseUrl: how.insteadOfAll ?? sandbox.urls.oci, tier: 'premium', ...within(how) }, tokens);
  return createOciTarget({ id: 'oci:contoso', privilegedGroups: ['b1000000000000000000000000000003'] }, { oci });
}

function scimOf(sandbox: RunningSandbox, how: Connecting): WritableTarget {
  return makeTarget({
    url: how.insteadOfAll ?? sandbox.urls.scim,
    ...within(how),
    token: 'sandbox-scim-token',
    privileges: { groups: ['c1000000-0000-4000-8000-000000000003'], roles: [] },
  });
}

function adOf(sandbox: RunningSandbox, how: Connecting): AdTarget {
  return createAdTarget(
    {
      id: 'ad:contoso',
      baseDn: 'DC=corp,DC=contoso,DC=example',
      urls: [sandbox.urls.ldaps, ...(sandbox.urls.ldapsSecond === undefined ? [] : [sandbox.urls.ldapsSecond])],
      ...(how.trustsNobody === true ? {} : { caFile: sandbox.caFile }),
      ...within(how),
      user: 'svc-gatehouse@corp.contoso.example',
      password: () => Promise.resolve('sandbox-ad-secret'),
    },
    { newPassword: randomPassword },
  );
}
