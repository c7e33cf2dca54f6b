import { asConfigured } from './as-configured.ts';
import { createHmac } from 'node:crypto';
import { resolve } from 'node:path';
import type { LoadedWorkflow } from '../../shared/config/config.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { createIds } from '../../shared/connectors/ids/random-ids.ts';
import { GatehouseError } from '../../shared/errors.ts';
import type { Acceptance, AcceptDeps } from '../../shared/operations/accept-events.ts';
import { acceptEvents } from '../../shared/operations/accept-events.ts';
import type { OperationDeps } from '../../shared/operations/deps.ts';
import { eventKeeper } from '../../shared/operations/keep-events.ts';
import { ruleBook } from '../../shared/operations/rule-book.ts';
import type { Registry } from '../../shared/ports/registry/registry.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import { freshRegistry } from '../support/fresh-registry.ts';
import { catalog } from '../../shared/tasks/catalog.ts';

/** The secret that events are signed with here. */
export const secret = 'webhook-secret';

/** Intake and folding for a source that only pushes and a company without targets, on a registry of its own, at a time that the test sets. */
export type PushOnly = {
  readonly registry: Registry;
  readonly intake: AcceptDeps;
  readonly operations: OperationDeps;
  readonly time: { now: number };
  /** Signs and delivers a body as the source does. */
  deliver(body: unknown): Promise<Acceptance>;
  readonly close: () => Promise<void>;
};

/** With the shipped workflows, unless others are given. */
export async function pushOnlyProduct(workflows?: readonly LoadedWorkflow[]): Promise<PushOnly> {
  const registry = await freshRegistry();
  const time = { now: Date.parse('2026-11-21T12:00:00Z') };
  const clock = { now: () => time.now };
  const ids = createIds({ now: () => Date.now() });
  const shipped = loadConfig(resolve(import.meta.dirname, '../../config'), catalog);
  const config = workflows === undefined ? shipped : { ...shipped, workflows };
  const quiet = () => undefined;
  const common = { registry, clock, ids, log: { info: quiet, warn: quiet, error: quiet } };
  const intake: AcceptDeps = {
    ...common,
    keeper: eventKeeper(registry),
    secrets: onlySecret,
    webhookSecret: (source) => (source === 'generic' ? 'hr-generic' : undefined),
  };
  const policy = { mode: () => 'enforce' as const, isBreakGlass: () => false, brake: () => undefined, passLink: String };
  const gate = { ...common, secrets: onlySecret, target: noTarget, policy, renderMail: () => Promise.reject(new Error('no mail here')) };
  return {
    registry,
    intake,
    operations: {
      ...common,
      gate,
      rules: ruleBook(config, asConfigured(config)),
      catalog,
      targets: new Map(),
      sources: new Map([['generic', undefined]]),
    },
    time,
    deliver(body) {
      const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
      return acceptEvents(intake, { source: 'generic', signature: sign(rawBody, time.now), rawBody });
    },
    close: () => registry.close(),
  };
}

/** The signature header over a body at a time in milliseconds. */
export function sign(rawBody: Uint8Array, now: number, key = secret): string {
  const seconds = Math.floor(now / 1000);
  return `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}.`).update(rawBody).digest('hex')}`;
}

const onlySecret: Secrets = {
  read: () => Promise.resolve(secret),
  keep: () => Promise.resolve(),
  has: () => Promise.resolve(false),
  take: () => Promise.resolve(undefined),
  forget: () => Promise.resolve(),
};

function noTarget(id: string): never {
  throw new GatehouseError('config-invalid', `There is no target ${id}.`);
}
