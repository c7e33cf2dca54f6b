import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registryQuotas } from '../../functions/compose/registry-quotas.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/start-sandbox.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { createEntraTarget } from '../../shared/connectors/entra/create-entra-target.ts';
import { createClientCredentialsTokenSource } from '../../shared/connectors/http/client-credentials-token-source.ts';
import { createGraphApi } from '../../shared/connectors/http/create-graph-api.ts';
import { createIds } from '../../shared/connectors/ids/random-ids.ts';
import { randomPassword } from '../../shared/connectors/secrets/random-password.ts';
import { openSealedFileSecrets } from '../../shared/connectors/secrets/sealed-file-secrets.ts';
import type { GateDeps } from '../../shared/gate/gate-deps.ts';
import type { OperationDeps } from '../../shared/operations/deps.ts';
import { ruleBook } from '../../shared/operations/rule-book.ts';
import type { Registry } from '../../shared/ports/registry/registry.ts';
import { openRegistry } from '../../shared/registry/open-registry.ts';
import { catalog } from '../../shared/tasks/catalog.ts';
import { asConfigured } from '../../test/operations/as-configured.ts';
import { connectTo } from '../../test/contracts/contoso.ts';
import { required } from '../../test/contracts/expected.ts';
import { createVirtualPace, type VirtualPace } from './virtual-pace.ts';

/** The simulated tenant with its published quotas, the gate and the Entra connector on it, and a registry: all on one virtual clock, in one process. Brakes stop nobody. */
export type QuietTenant = {
  readonly sandbox: RunningSandbox;
  readonly deps: OperationDeps;
  readonly pace: VirtualPace;
  readonly stop: () => Promise<void>;
};

// However long this machine takes: it is no part of what is measured.
const patienceMs = 600_000;
const tenant = '8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4';
const client = '5d3f6c1e-0a4b-4f57-8f7e-2b1c9d8e7f60';

/** Starts a tenant of its own. */
export async function startQuietTenant(): Promise<QuietTenant> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const pace = createVirtualPace(Date.now());
  const sandbox = await startSandbox({
    dataDir: join(folder, 'world'),
    ports: { control: 0, graph: 0, oci: 0, ldap: 0, ldaps: 0 },
    clock: () => pace.now(),
    company: { people: 600, left: 0 },
  });
  sandbox.world.changeSettings({ cloudSync: { paused: true } });
  const registry = watched(await openRegistry({ folder: null }), pace);
  const ordinary = globalThis.fetch;
  globalThis.fetch = (...asked) => pace.during(ordinary(...asked));
  const secrets = await openSealedFileSecrets({ folder, configured: {} });
  const { deps, close } = operations(sandbox, registry, pace, secrets);
  const stop = async (): Promise<void> => {
    globalThis.fetch = ordinary;
    pace.stop();
    await close();
    await registry.close();
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { sandbox, deps, pace, stop };
}

function operations(
  sandbox: RunningSandbox,
  registry: Registry,
  pace: VirtualPace,
  secrets: GateDeps['secrets'],
): { readonly deps: OperationDeps; readonly close: () => Promise<void> } {
  const tokens = createClientCredentialsTokenSource({
    system: 'Entra ID',
    tokenUrl: `${sandbox.urls.graph}/${tenant}/oauth2/v2.0/token`,
    clientId: client,
    secret: () => Promise.resolve('sandbox-graph-secret'),
    scope: 'https://graph.microsoft.com/.default',
    authentication: 'body',
  });
  const shared = { key: `graph ${tenant} ${client}`, ledger: registryQuotas(registry), pace };
  const graph = createGraphApi({ baseUrl: sandbox.urls.graph, tenantSize: 'L', timeoutMs: patienceMs }, tokens, shared);
  const entra = createEntraTarget({ id: 'entra:contoso' }, { graph, newPassword: randomPassword, pace });
  // The other systems are asked which names are free there.
  const { targets: others, close } = connectTo(sandbox);
  const watching = Object.values(others).map((target) => watched(target, pace));
  const targets = new Map([...watching, entra].map((target) => [target.id, target]));
  const config = loadConfig('config', catalog);
  const clock = { now: () => pace.now() };
  const ids = createIds(clock);
  const gate: GateDeps = {
    registry,
    clock,
    ids,
    secrets,
    target: (id) => required(targets.get(id)),
    policy: { mode: () => 'enforce', brake: () => undefined, isBreakGlass: () => false, passLink: (id) => id },
    renderMail: () => Promise.reject(new Error('nobody is written to')),
  };
  const log = { debug: silent, info: silent, warn: silent, error: console.error };
  const deps = { registry, clock, ids, log, gate, rules: ruleBook(config, asConfigured(config)), catalog, targets, sources: new Map() };
  return { deps, close };
}

/** A part whose work keeps time standing still. */
function watched<Whole extends object>(whole: Whole, pace: VirtualPace): Whole {
  const watch = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get: (of, name) => {
        const found: unknown = Reflect.get(of, name);
        if (typeof found === 'function') return (...asked: unknown[]) => pace.during(Promise.resolve(found.apply(of, asked)));
        return typeof found === 'object' && found !== null ? watch(found) : found;
      },
    });
  return watch(whole);
}

function silent(): void {
  // Only what nobody foresaw is worth reading.
}
