import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asConfigured } from '../operations/as-configured.ts';
import { brakeLimit } from '../../shared/config/brakes.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { createIds } from '../../shared/connectors/ids/random-ids.ts';
import { openSealedFileSecrets } from '../../shared/connectors/secrets/sealed-file-secrets.ts';
import type { GateDeps } from '../../shared/gate/gate-deps.ts';
import type { OperationDeps } from '../../shared/operations/deps.ts';
import { ruleBook } from '../../shared/operations/rule-book.ts';
import type { WritableTarget } from '../../shared/ports/writers/writable-target.ts';
import { freshRegistry } from '../support/fresh-registry.ts';
import { catalog } from '../../shared/tasks/catalog.ts';
import { renderMail } from '../../functions/compose/render-mail.ts';
import { type Contoso, startContoso } from '../contracts/contoso.ts';
import { required } from '../contracts/expected.ts';

/** The simulated company, a registry of its own, and the gate with the real connectors between them, under a clock that tests put forward. */
export type GateWorld = {
  readonly contoso: Contoso;
  readonly deps: OperationDeps;
  readonly gate: GateDeps;
  /** Puts the product's clock forward; the sandbox keeps its own. */
  readonly advance: (ms: number) => void;
  readonly stop: () => Promise<void>;
};

/** Starts a world of its own, with the shipped configuration. */
export async function startGateWorld(): Promise<GateWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-gate-'));
  const contoso = await startContoso();
  const registry = await freshRegistry();
  const secrets = await openSealedFileSecrets({ folder, configured: {} });
  const config = loadConfig('config', catalog);
  let offset = 0;
  const clock = { now: () => Date.now() + offset };
  const ids = createIds(clock);
  const targets = new Map<string, WritableTarget>(Object.values(contoso.targets).map((target) => [target.id, target]));
  const gate: GateDeps = {
    registry,
    clock,
    ids,
    secrets,
    target: (id) => required(targets.get(id)),
    policy: {
      mode: (target) => config.targets[target]?.mode ?? 'observe',
      brake: (effect, population) => brakeLimit(config.brakes, effect, population),
      isBreakGlass: (target, nativeId) => config.protection.breakGlass.some((one) => one.target === target && one.id === nativeId),
      passLink: (changeId) => `http://127.0.0.1:7071/passes/${changeId}`,
    },
    renderMail: (template, to, facts) => renderMail({ config, registry, publicUrl: 'http://127.0.0.1:7071' }, { template, to, facts }),
  };
  const log = { debug: silent, info: silent, warn: silent, error: console.error };
  return {
    contoso,
    gate,
    deps: { registry, clock, ids, log, gate, rules: ruleBook(config, asConfigured(config)), catalog, targets, sources: new Map() },
    advance: (ms) => void (offset += ms),
    stop: async () => {
      await registry.close();
      await contoso.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function silent(): void {
  // Only what nobody foresaw is worth reading in a test's output.
}
