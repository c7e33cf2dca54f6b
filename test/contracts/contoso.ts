import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type RunningSandbox } from '../../sandbox/start-sandbox.ts';
import { createAdTarget, type AdTarget } from '../../shared/connectors/ad/create-ad-target.ts';
import { createEntraTarget } from '../../shared/connectors/entra/create-entra-target.ts';
import { createGenericHrSource } from '../../shared/connectors/hr/create-generic-hr-source.ts';
import { createHrApi } from '../../shared/connectors/hr/create-hr-api.ts';
import { createHrTarget } from '../../shared/connectors/hr/create-hr-target.ts';
import { createClientCredentialsTokenSource } from '../../shared/connectors/http/client-credentials-token-source.ts';
import { createFixedTokenSource } from '../../shared/connectors/http/fixed-token-source.ts';
import { createGraphApi } from '../../shared/connectors/http/create-graph-api.ts';
import type { Api } from '../../shared/connectors/http/api.ts';
import { createMailTarget } from '../../shared/connectors/mail/create-mail-target.ts';
import { createOciApi } from '../../shared/connectors/oci/create-oci-api.ts';
import { createOciTarget } from '../../shared/connectors/oci/create-oci-target.ts';
import { randomPassword } from '../../shared/connectors/secrets/random-password.ts';
import type { HrSource } from '../../shared/ports/hr-source.ts';
import type { WritableTarget } from '../../shared/ports/writers/writable-target.ts';

/** The simulated company with every connector on it. */
export type Contoso = {
  readonly sandbox: RunningSandbox;
  readonly targets: Readonly<Record<'entra' | 'ad' | 'oci' | 'mail' | 'hr', WritableTarget>>;
  readonly source: HrSource;
  readonly stop: () => Promise<void>;
};

const tenant = '8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4';

/** Starts the sandbox on free ports in a folder of its own, with Cloud Sync at rest. */
export async function startContoso(): Promise<Contoso> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-contracts-'));
  const sandbox = await startSandbox({ dataDir, ports: { control: 0, graph: 0, oci: 0, ldap: 0, ldaps: 0 } });
  sandbox.world.changeSettings({ cloudSync: { paused: true } });
  const connected = connectTo(sandbox);
  return {
    sandbox,
    targets: connected.targets,
    source: createGenericHrSource(hrOf(sandbox, {})),
    stop: async () => {
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
): Pick<Contoso, 'targets'> & { readonly close: () => Promise<void> } {
  const ad = adOf(sandbox, how);
  const hr = createHrTarget({ id: 'hr:contoso', source: 'generic' }, { hr: hrOf(sandbox, how) });
  return { targets: { ...graphTargets(sandbox, how), oci: ociOf(sandbox, how), ad, hr }, close: () => ad.close() };
}

/** Has the next call of this kind fail; `after` means that it has taken effect and only its answer is lost. */
export function nextCallFails(contoso: Contoso, system: 'graph' | 'oci' | 'directory' | 'hr', operation: string, fault: Fault): void {
  contoso.sandbox.world.faults.add({ system, operation, nth: 1, times: 1, ...fault });
}
export type Fault = {
  readonly phase: 'before' | 'after';
  readonly effect: { readonly reset: true } | { readonly status: number; readonly code?: string; readonly retryAfter?: number };
};

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
