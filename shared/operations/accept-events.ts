import { createHash } from 'node:crypto';
import type { HrEvent } from '../domain/hr-event.ts';
import type { SourceId } from '../domain/ids.ts';
import { GatehouseError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { NewEvent } from '../ports/registry/inbox.ts';
import type { Secrets } from '../ports/secrets.ts';
import { canonicalJson } from './canonical-json.ts';
import { readJson, refuseDelivery, refuseLarge } from './intake/refuse-delivery.ts';
import { type EventAnswer, takeEvents } from './intake/take-events.ts';
import { isUrgent } from './intake/is-urgent.ts';
import type { EventKeeper } from './keep-events.ts';
import { readEvent } from './read-events.ts';
import { signatureProblem } from './verify-signature.ts';

export type AcceptDeps = {
  readonly keeper: EventKeeper;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secrets: Secrets;
  /** The name of the secret that a source signs with; undefined where there is no such source. */
  webhookSecret(source: SourceId): string | undefined;
};

export type Delivery = { readonly source: SourceId; readonly signature: string | undefined; readonly rawBody: Uint8Array };

/** The answers, in the order of the events, and whether they came as a batch. */
export type Acceptance = { readonly isBatch: boolean; readonly events: readonly EventAnswer[] };

const mostBytes = 2_000_000;
const mostEvents = 1000;

/**
 * Verifies a delivery's signature over its raw bytes, reads it, and keeps every event: good ones in inbox and outbox in one transaction, bad ones among the
 * rejected with the reason. Throws `body-too-large`, `signature-invalid`, `not-found` (no such source) or `input-invalid` (not JSON, too many events).
 */
export async function acceptEvents(deps: AcceptDeps, delivery: Delivery): Promise<Acceptance> {
  const now = deps.clock.now();
  await authenticate(deps, delivery, now);
  const raw = await readJson(deps.keeper, delivery, now);
  const list = eventsOf(raw);
  if (list.length > mostEvents || list.length === 0) {
    const message = `A batch holds 1 to ${mostEvents} events; this one has ${list.length}. Split it.`;
    await refuseDelivery(deps.keeper, delivery, message, now);
  }
  const batchId = isBatch(raw) ? deps.ids.next() : null;
  return { isBatch: batchId !== null, events: await take(deps, delivery, list, { now, batchId }) };
}

async function authenticate(deps: AcceptDeps, delivery: Delivery, now: number): Promise<void> {
  const secretName = deps.webhookSecret(delivery.source);
  if (secretName === undefined)
    throw new GatehouseError('not-found', `There is no source “${delivery.source}”. Sources are listed in config/sources.yaml.`);
  refuseLarge(delivery, mostBytes, 'Send fewer events at a time.');
  const problem = signatureProblem(delivery.signature, delivery.rawBody, await deps.secrets.read(secretName), now);
  if (problem !== undefined) throw new GatehouseError('signature-invalid', problem);
}

function isBatch(raw: unknown): raw is { readonly events: readonly unknown[] } {
  return typeof raw === 'object' && raw !== null && 'events' in raw && Array.isArray(raw.events);
}

function eventsOf(raw: unknown): readonly unknown[] {
  return isBatch(raw) ? raw.events : [raw];
}

type Taking = { readonly now: number; readonly batchId: string | null };

async function take(
  { keeper }: AcceptDeps,
  { source }: Delivery,
  list: readonly unknown[],
  taking: Taking,
): Promise<readonly EventAnswer[]> {
  const entries = list.map((raw) => {
    const read = readEvent(raw, taking.now);
    if (read.is === 'bad') return { is: read.is, id: read.id ?? null, problems: read.problems, sent: JSON.stringify(raw) };
    return { is: read.is, row: toRow(source, read.event, taking), warnings: read.warnings };
  });
  return takeEvents(keeper, entries, { source, now: taking.now });
}

function toRow(source: SourceId, event: HrEvent, { now, batchId }: Taking): NewEvent {
  const body = canonicalJson(event);
  return {
    source,
    eventId: event.id,
    bodyHash: createHash('sha256').update(body).digest('hex'),
    batchId,
    workerId: event.worker.workerId,
    occurredAt: Date.parse(event.occurredAt),
    receivedAt: now,
    urgent: isUrgent(event.worker),
    body,
  };
}
