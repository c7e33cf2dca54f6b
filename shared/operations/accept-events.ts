import { createHash } from 'node:crypto';
import type { FieldProblem } from '../domain/field-problems.ts';
import type { HrEvent } from '../domain/hr-event.ts';
import type { SourceId } from '../domain/ids.ts';
import { GatehouseError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { NewEvent, RejectedEvent, Taken } from '../ports/registry/inbox.ts';
import type { Secrets } from '../ports/secrets.ts';
import { canonicalJson } from './canonical-json.ts';
import { type EventKeeper, excerptOf } from './keep-events.ts';
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

/** How one event of a delivery was taken. */
export type EventAnswer = {
  readonly id: string | null;
  readonly status: 'accepted' | 'duplicate' | 'conflict' | 'invalid';
  readonly inboxId?: string;
  readonly problems?: readonly FieldProblem[];
  readonly warnings?: readonly FieldProblem[];
};

/** The answers, in the order of the events, and whether they came as a batch. */
export type Acceptance = { readonly isBatch: boolean; readonly events: readonly EventAnswer[] };

const mostBytes = 2_000_000;
const mostEvents = 1000;
/** Of what cannot be read so much is kept for people. */
const excerptBytes = 4000;

/**
 * Verifies a delivery's signature over its raw bytes, reads it, and keeps every event: good ones in inbox and outbox in one transaction, bad ones among the
 * rejected with the reason. Throws `body-too-large`, `signature-invalid`, `not-found` (no such source) or `input-invalid` (not JSON, too many events).
 */
export async function acceptEvents(deps: AcceptDeps, delivery: Delivery): Promise<Acceptance> {
  const now = deps.clock.now();
  await authenticate(deps, delivery, now);
  const raw = await readJson(deps, delivery, now);
  const list = eventsOf(raw);
  if (list.length > mostEvents || list.length === 0) {
    const message = `A batch holds 1 to ${mostEvents} events; this one has ${list.length}. Split it.`;
    await reject(deps, delivery, message, now);
    throw new GatehouseError('input-invalid', message);
  }
  const batchId = isBatch(raw) ? deps.ids.next() : null;
  return { isBatch: batchId !== null, events: await take(deps, delivery, list, { now, batchId }) };
}

async function authenticate(deps: AcceptDeps, delivery: Delivery, now: number): Promise<void> {
  const secretName = deps.webhookSecret(delivery.source);
  if (secretName === undefined)
    throw new GatehouseError('not-found', `There is no source “${delivery.source}”. Sources are listed in config/sources.yaml.`);
  if (delivery.rawBody.byteLength > mostBytes) {
    throw new GatehouseError(
      'body-too-large',
      `The body is ${delivery.rawBody.byteLength} bytes; at most ${mostBytes} are taken. Send fewer events at a time.`,
    );
  }
  const problem = signatureProblem(delivery.signature, delivery.rawBody, await deps.secrets.read(secretName), now);
  if (problem !== undefined) throw new GatehouseError('signature-invalid', problem);
}

async function readJson(deps: AcceptDeps, delivery: Delivery, now: number): Promise<unknown> {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(delivery.rawBody));
  } catch (error) {
    const message = `The body is not JSON in UTF-8: ${error instanceof Error ? error.message : 'unreadable'}.`;
    await reject(deps, delivery, message, now);
    throw new GatehouseError('input-invalid', message);
  }
}

function isBatch(raw: unknown): raw is { readonly events: readonly unknown[] } {
  return typeof raw === 'object' && raw !== null && 'events' in raw && Array.isArray(raw.events);
}

function eventsOf(raw: unknown): readonly unknown[] {
  return isBatch(raw) ? raw.events : [raw];
}

type Taking = { readonly now: number; readonly batchId: string | null };

async function take(deps: AcceptDeps, delivery: Delivery, list: readonly unknown[], taking: Taking): Promise<readonly EventAnswer[]> {
  const read = list.map((raw) => readEvent(raw, taking.now));
  const good = read.flatMap((one) => (one.is === 'good' ? [toRow(delivery.source, one.event, taking)] : []));
  const refused = read.flatMap((one, index) =>
    one.is === 'bad' ? [refusedEvent(delivery.source, taking.now, inWords(one.problems), JSON.stringify(list[index]))] : [],
  );
  const taken = await deps.keeper.keep({ events: good, refused });
  const answers = taken[Symbol.iterator]();
  return read.map((one) =>
    one.is === 'bad'
      ? { id: one.id ?? null, status: 'invalid', problems: one.problems }
      : toAnswer(one.event, one.warnings, answers.next().value),
  );
}

function toAnswer(event: HrEvent, warnings: readonly FieldProblem[], taken: Taken | undefined): EventAnswer {
  if (taken === undefined) throw new GatehouseError('internal', 'An event was read but not kept.');
  return { id: event.id, status: taken.is, inboxId: taken.inboxId, ...(warnings.length === 0 ? {} : { warnings }) };
}

/** Who ends or never begins must not wait behind those who begin. */
function isUrgent(event: HrEvent): boolean {
  return event.worker.status === 'terminated' || event.worker.status === 'rescinded' || event.worker.accessEnds != null;
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
    urgent: isUrgent(event),
    body,
  };
}

async function reject(deps: AcceptDeps, delivery: Delivery, reason: string, now: number): Promise<void> {
  const text = new TextDecoder().decode(delivery.rawBody.subarray(0, excerptBytes));
  await deps.keeper.keep({ events: [], refused: [refusedEvent(delivery.source, now, reason, text)] });
}

function refusedEvent(source: SourceId, receivedAt: number, reason: string, text: string): RejectedEvent {
  return { source, receivedAt, reason: excerptOf(reason), excerpt: excerptOf(text) };
}

function inWords(problems: readonly FieldProblem[]): string {
  return problems.map(({ field, problem }) => `${field} ${problem}`).join('; ');
}
