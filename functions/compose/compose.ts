import { join } from 'node:path';
import { type Brake, brakeLimit } from '../../shared/config/brakes.ts';
import type { Config } from '../../shared/config/config.ts';
import type { SourceConfig } from '../../shared/config/systems.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { openFileAnchors } from '../../shared/connectors/anchor/file-anchors.ts';
import { createSandboxClock } from '../../shared/connectors/clock/sandbox-clock.ts';
import { systemClock } from '../../shared/connectors/clock/system-clock.ts';
import { createIds } from '../../shared/connectors/ids/random-ids.ts';
import { createPinoLog } from '../../shared/connectors/log/pino-log.ts';
import { createServiceBusDeadLetters } from '../../shared/connectors/queue/service-bus-dead-letters.ts';
import { createServiceBusQueue } from '../../shared/connectors/queue/service-bus-queue.ts';
import { openSealedFileSecrets } from '../../shared/connectors/secrets/sealed-file-secrets.ts';
import type { SourceId } from '../../shared/domain/ids.ts';
import type { GateDeps, GatePolicy } from '../../shared/gate/gate-deps.ts';
import { inheritLeases } from '../../shared/gate/inherit-leases.ts';
import { GatehouseError } from '../../shared/errors.ts';
import type { AcceptDeps } from '../../shared/operations/accept-events.ts';
import type { AuditDeps } from '../../shared/operations/audit/audit-deps.ts';
import type { DeadLetterDeps } from '../../shared/operations/dead-letters/dead-letter-deps.ts';
import type { OperationDeps } from '../../shared/operations/deps.ts';
import type { GraphNoticeDeps } from '../../shared/operations/graph-notices/graph-notice-deps.ts';
import { type HealthCheck, healthCheck } from '../../shared/operations/health.ts';
import { eventKeeper } from '../../shared/operations/keep-events.ts';
import { type PromptRelay, promptRelay } from '../../shared/operations/prompt-relay.ts';
import type { RelayDeps } from '../../shared/operations/relay-outbox.ts';
import { type RightOfWay, rightOfWay } from '../../shared/operations/right-of-way.ts';
import { configuredModes } from '../../shared/operations/modes/configured-modes.ts';
import { type Modes, openModes } from '../../shared/operations/modes/modes.ts';
import { ruleBook } from '../../shared/operations/rule-book.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Registry } from '../../shared/ports/registry/registry.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import { openRegistry } from '../../shared/registry/open-registry.ts';
import { catalog } from '../../shared/tasks/catalog.ts';
import { readSettings } from '../settings/read-settings.ts';
import { registryFolder, type Settings } from '../settings/settings.ts';
import { closeReopened } from './close-reopened.ts';
import { composeGraphNotices } from './compose-graph-notices.ts';
import { composeProbes } from './compose-probes.ts';
import { composeSources, secretsOf } from './compose-sources.ts';
import { composeTargets, secretsOfTarget } from './compose-targets.ts';
import { renderMail } from './render-mail.ts';
import { type Authenticate, tokenCheck } from './token-check.ts';
import { registryQuotas } from './registry-quotas.ts';

/** The product, put together from its environment: what the functions are given. */
export type Product = {
  readonly operations: OperationDeps;
  readonly intake: AcceptDeps;
  readonly relay: RelayDeps;
  readonly prompt: PromptRelay;
  /** Taking events in goes before folding them. */
  readonly intakeFirst: RightOfWay;
  /** Containing somebody goes before all other steps. */
  readonly containFirst: RightOfWay;
  readonly authenticate: Authenticate;
  readonly health: HealthCheck;
  readonly audit: AuditDeps;
  /** What the queues have put aside. */
  readonly deadLetters: DeadLetterDeps;
  /** What tenants tell of their own changes. */
  readonly graphNotices: GraphNoticeDeps;
  readonly secrets: Secrets;
  /** How far everything goes now. */
  readonly modes: Modes;
  readonly sources: readonly string[];
  /** How many days what is not needed any more is kept. */
  readonly retention: Config['settings']['retention'];
  /** The folder that the configuration was read from. */
  readonly configDir: string;
  /** What configuration says of a source; undefined where there is no such source. */
  readonly sourceOf: (id: SourceId) => SourceConfig | undefined;
};

/** While events come in, one of those before is folded this often. */
const foldEveryMs = 150;
/** While somebody is being contained, one other step is begun this often. */
const stepEveryMs = 250;

/** Reads settings and configuration, opens the registry and makes every adapter. Throws `config-invalid` with all that is wrong. */
export async function compose(environment: NodeJS.ProcessEnv): Promise<Product> {
  const { settings, config, unread } = readSettings(environment, (configDir) => loadConfig(configDir, catalog));
  const log = createPinoLog({ level: settings.logLevel });
  if (unread.length > 0) log.warn('settings that nothing reads: a slip, or of another version', { names: unread });
  const clock = settings.clockUrl === undefined ? systemClock : await createSandboxClock(settings.clockUrl, log);
  const ids = createIds(clock);
  const secrets = await openSealedFileSecrets({
    folder: join(settings.dataDir, 'secrets'),
    configured: configuredSecrets(config, settings),
  });
  const registry = await openOwnRegistry(settings, clock);
  const modes = await openModes({ registry, clock, ids }, configuredModes(config));
  const parts = { config, settings, secrets, clock, quotas: registryQuotas(registry) };
  const targets = composeTargets(parts);
  const gate: GateDeps = {
    registry,
    clock,
    ids,
    secrets,
    target: (id) => targets.get(id) ?? unknownTarget(id),
    policy: policyOf(config, settings, modes),
    renderMail: (template, to, facts) => renderMail({ config, registry, publicUrl: settings.publicUrl }, { template, to, facts }),
  };
  const rules = ruleBook(config, modes);
  const sources = composeSources(parts);
  const operations: OperationDeps = { registry, clock, ids, log, gate, rules, catalog, targets, sources };
  const audit: AuditDeps = { registry, clock, log, anchors: openFileAnchors(settings.anchorDir) };
  const relay: RelayDeps = { registry, clock, queue: createServiceBusQueue(settings.serviceBus) };
  const deadLetters: DeadLetterDeps = { registry, clock, deadLetters: createServiceBusDeadLetters(settings.serviceBus) };
  const probes = composeProbes({ operations, audit, deadLetters, config, settings, secrets });
  return {
    operations,
    intake: { keeper: eventKeeper(registry), clock, ids, secrets, webhookSecret: (source) => webhookSecretOf(config, source) },
    relay,
    prompt: promptRelay(relay),
    intakeFirst: rightOfWay(foldEveryMs),
    containFirst: rightOfWay(stepEveryMs),
    authenticate: tokenCheck(settings),
    health: healthCheck(operations, Object.keys(config.sources), probes),
    audit,
    deadLetters,
    graphNotices: composeGraphNotices(operations, { settings, targets, onReopened: (personId) => closeReopened(operations, personId) }),
    secrets,
    modes,
    sources: Object.keys(config.sources),
    retention: config.settings.retention,
    configDir: settings.configDir,
    sourceOf: (id) => config.sources[id],
  };
}

function webhookSecretOf(config: Config, source: SourceId): string | undefined {
  return config.sources[source]?.webhookSecret ?? undefined;
}

/** An embedded registry has one process, so that whoever held a lease in it is gone. */
async function openOwnRegistry(settings: Settings, clock: Clock): Promise<Registry> {
  if (settings.database !== undefined) return openRegistry({ url: settings.database.url, poolSize: settings.database.poolSize });
  const registry = await openRegistry({ folder: registryFolder(settings) });
  await inheritLeases({ registry, clock });
  return registry;
}

function configuredSecrets(config: Config, settings: Settings): Readonly<Record<string, string | undefined>> {
  const sources = Object.values(config.sources).flatMap(secretsOf);
  const targets = Object.values(config.targets).flatMap(secretsOfTarget);
  return Object.fromEntries([...sources, ...targets].map((name) => [name, settings.secret(name)]));
}

function policyOf(config: Config, settings: Settings, modes: Modes): GatePolicy {
  return {
    mode: (target) => modes.of(`target/${target}`),
    brake: (effect, population) => {
      const brake: Brake | undefined = config.brakes[effect];
      return brake === undefined ? undefined : brakeLimit(config.brakes, effect, population);
    },
    isBreakGlass: (target, nativeId) =>
      config.protection.breakGlass.some((account) => account.target === target && account.id.toLowerCase() === nativeId.toLowerCase()),
    passLink: (changeId) => `${settings.publicUrl}/passes/${changeId}`,
  };
}

function unknownTarget(id: string): never {
  throw new GatehouseError('config-invalid', `There is no target “${id}” in config/targets.yaml.`);
}
