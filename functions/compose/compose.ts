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
import type { SourceId, TargetId } from '../../shared/domain/ids.ts';
import type { GateDeps } from '../../shared/gate/gate-deps.ts';
import { handingOver } from '../../shared/gate/hand-over.ts';
import { GatehouseError } from '../../shared/errors.ts';
import type { AcceptDeps } from '../../shared/operations/accept-events.ts';
import { askWork, type AskWork } from '../../shared/operations/ask-work.ts';
import type { AuditDeps } from '../../shared/operations/audit/audit-deps.ts';
import type { DeadLetterDeps } from '../../shared/operations/dead-letters/dead-letter-deps.ts';
import type { OperationDeps } from '../../shared/operations/deps.ts';
import type { GraphNoticeDeps } from '../../shared/operations/graph-notices/graph-notice-deps.ts';
import type { PurgeHistories } from '../../shared/operations/erasure/erase-person.ts';
import { instanceId } from '../../shared/operations/start-runs.ts';
import { type HealthCheck, healthCheck } from '../../shared/operations/health.ts';
import { eventKeeper } from '../../shared/operations/keep-events.ts';
import { lookingByOthers } from '../../shared/operations/looks/ask-look.ts';
import { type Looks, ownLooks } from '../../shared/operations/looks/looks.ts';
import { type PromptRelay, promptRelay } from '../../shared/operations/prompt-relay.ts';
import type { RelayDeps } from '../../shared/operations/relay-outbox.ts';
import { type RightOfWay, rightOfWay } from '../../shared/operations/right-of-way.ts';
import { configuredModes } from '../../shared/operations/modes/configured-modes.ts';
import { type Modes, openModes } from '../../shared/operations/modes/modes.ts';
import { ruleBook } from '../../shared/operations/rule-book.ts';
import { type QueueName, queueNames } from '../../shared/ports/queue.ts';
import type { HrSource } from '../../shared/ports/hr-source.ts';
import type { Log } from '../../shared/ports/log.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import { catalog } from '../../shared/tasks/catalog.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { AppRole } from '../settings/setting-facts.ts';
import type { Settings } from '../settings/settings.ts';
import { beginTelemetry } from '../telemetry/begin-telemetry.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { closeReopened } from './close-reopened.ts';
import { composeGraphNotices } from './compose-graph-notices.ts';
import { composeProbes } from './compose-probes.ts';
import { composeSources } from './compose-sources.ts';
import { composeTargets } from './compose-targets.ts';
import { gatePolicy } from './gate-policy.ts';
import { openOwnRegistry } from './open-own-registry.ts';
import { openSecrets } from './open-secrets.ts';
import type { Parts, Target } from './parts.ts';
import { renderMail } from './render-mail.ts';
import { targetsAs } from './targets-as.ts';
import { type Authenticate, tokenCheck } from './token-check.ts';
import { registryQuotas } from './registry-quotas.ts';

/** The product, put together from its environment: what the functions are given. */
export type Product = {
  readonly role: AppRole;
  readonly operations: OperationDeps;
  readonly intake: AcceptDeps;
  readonly relay: RelayDeps;
  readonly prompt: PromptRelay;
  /** Taking events in goes before folding them. */
  readonly intakeFirst: RightOfWay;
  /** Containing somebody goes before all other steps. */
  readonly containFirst: RightOfWay;
  readonly authenticate: Authenticate;
  /** Undefined where none is wanted. */
  readonly telemetry: Telemetry | undefined;
  readonly health: HealthCheck;
  /** Eyes on the targets, one's own or another app's. */
  readonly looks: Looks;
  readonly askWork: AskWork;
  readonly audit: AuditDeps;
  /** What tenants tell of their own changes. */
  readonly graphNotices: GraphNoticeDeps;
  readonly secrets: Secrets;
  /** How far everything goes now. */
  readonly modes: Modes;
  readonly sources: readonly string[];
  /** How many of our own proxies stand before the front end. */
  readonly trustedProxies: number;
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
  const { settings, config: found, unread } = readSettings(environment, (configDir) => loadConfig(configDir, catalog));
  const { role } = settings;
  const config = { ...found, targets: targetsAs(role, found.targets) };
  const { log, begun } = openLog(settings);
  if (unread.length > 0) log.warn('settings that nothing reads: a slip, or of another version', { names: unread });
  const clock = settings.clockUrl === undefined ? systemClock : await createSandboxClock(settings.clockUrl, log);
  const ids = createIds(clock);
  const registry = await openOwnRegistry(settings, clock);
  const secrets = await openSecrets(settings, config, registry);
  const modes = await openModes({ registry, clock, ids }, configuredModes(config));
  const parts = { config, settings, secrets, clock, quotas: registryQuotas(registry) };
  const relay: RelayDeps = { registry, clock, queue: createServiceBusQueue(settings.serviceBus) };
  const targets = role === 'ingest' ? new Map<TargetId, Target>() : await composeTargets(parts);
  const gate = composeGate(parts, { relay, ids, modes, targets });
  const rules = ruleBook(config, modes);
  const sources = role === 'all' || role === 'work' ? await composeSources(parts) : new Map<SourceId, HrSource | undefined>();
  const operations: OperationDeps = { registry, clock, ids, log, gate, rules, catalog, targets, sources };
  const audit: AuditDeps = { registry, clock, log, anchors: openFileAnchors(settings.anchorDir) };
  const deadLetters: DeadLetterDeps = {
    registry,
    clock,
    deadLetters: createServiceBusDeadLetters(settings.serviceBus, queuesReceived(role)),
  };
  const asking = askWork({ ...relay, log });
  const probes = composeProbes({ role, operations, audit, deadLetters, config, settings, secrets });
  return {
    role,
    operations,
    telemetry: await begun(),
    intake: { keeper: eventKeeper(registry), clock, ids, secrets, webhookSecret: (source) => webhookSecretOf(config, source) },
    relay,
    prompt: promptRelay(relay),
    intakeFirst: rightOfWay(foldEveryMs),
    containFirst: rightOfWay(stepEveryMs),
    authenticate: role === 'hands' ? () => Promise.reject(noCallers()) : tokenCheck(settings),
    health: healthCheck(operations, Object.keys(config.sources), probes),
    looks: role === 'ingest' ? lookingByOthers({ ...relay, ids }) : ownLooks(operations, { purge: purging(asking), deadLetters }),
    askWork: asking,
    audit,
    graphNotices: composeGraphNotices(operations, { settings, targets, onReopened: (personId) => closeReopened(operations, personId) }),
    secrets,
    modes,
    sources: Object.keys(config.sources),
    trustedProxies: settings.trustedProxies,
    retention: config.settings.retention,
    configDir: settings.configDir,
    sourceOf: (id) => config.sources[id],
  };
}

/** The log, of which telemetry is told from the moment it is there: it is loaded while everything else is opened. */
function openLog(settings: Settings): { readonly log: Log; readonly begun: () => Promise<Telemetry | undefined> } {
  const beginning = beginTelemetry(settings.telemetry);
  const telling: { telemetry?: Telemetry | undefined } = {};
  const log = createPinoLog({ level: settings.logLevel, also: (record) => telling.telemetry?.tell(record) });
  return { log, begun: async () => (telling.telemetry = await beginning) };
}

type GateParts = Pick<GateDeps, 'ids'> & {
  readonly relay: RelayDeps;
  readonly modes: Modes;
  readonly targets: ReadonlyMap<TargetId, Target>;
};

function composeGate({ config, settings, secrets, clock }: Parts, { relay, ids, modes, targets }: GateParts): GateDeps {
  const { registry } = relay;
  const { role, publicUrl } = settings;
  return {
    registry,
    clock,
    ids,
    secrets,
    target: (id) => targets.get(id) ?? unknownTarget(id),
    policy: gatePolicy(config, modes, publicUrl),
    ...(role === 'work' ? { handOver: handingOver(relay) } : {}),
    renderMail: (template, to, facts) => renderMail({ config, registry, publicUrl }, { template, to, facts }),
  };
}

function webhookSecretOf(config: Config, source: SourceId): string | undefined {
  return config.sources[source]?.webhookSecret ?? undefined;
}

/** Histories are thrown away by the app that has them. */
function purging(asking: AskWork): PurgeHistories {
  return (attempts) => asking.purge(attempts.map(({ runId, attempt }) => instanceId(runId, attempt)));
}

/** The queues that an app may receive from, and so look into what was put aside: all but those of `hands`, where that is another app. */
function queuesReceived(role: AppRole): readonly QueueName[] {
  return role === 'all' ? queueNames : queueNames.filter((name) => name !== 'privileged-changes');
}

function noCallers(): GatehouseError {
  return new GatehouseError('unauthenticated', 'This app takes its work from a queue and answers nobody.');
}

function unknownTarget(id: string): never {
  throw new GatehouseError('config-invalid', `There is no target “${id}” in config/targets.yaml.`);
}
