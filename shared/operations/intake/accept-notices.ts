import { createHash } from 'node:crypto';
import type { BambooHrConfig } from '../../config/systems.ts';
import { GatehouseError } from '../../errors.ts';
import type { NewEvent } from '../../ports/registry/inbox.ts';
import type { AcceptDeps, Acceptance } from '../accept-events.ts';
import { canonicalJson } from '../canonical-json.ts';
import { type BambooHrSignature, bambooHrSignatureProblem } from './bamboohr-signature.ts';
import { isList, type Notice, noticesOf, readNotice } from './read-notices.ts';
import { type RawDelivery, readJson, refuseDelivery, refuseLarge } from './refuse-delivery.ts';
import { type ReadEntry, takeEvents } from './take-events.ts';

const mostBytes = 2_000_000;
const mostNotices = 1000;

/** Facts whose change may end somebody's access. */
const endingFacts = ['status', 'lastDay', 'accessEnds'];

/**
 * Takes a webhook of BambooHR as `acceptEvents` takes generic events. It says only who changed: a hint is kept, and the record is read again when it is folded. Throws what
 * `acceptEvents` throws.
 */
export async function acceptNotices(
  deps: Pick<AcceptDeps, 'keeper' | 'clock' | 'ids' | 'secrets'>,
  source: BambooHrConfig,
  delivery: RawDelivery & BambooHrSignature,
): Promise<Acceptance> {
  const now = deps.clock.now();
  refuseLarge(delivery, mostBytes, 'Have BambooHR send fewer employees at a time.');
  const problem = bambooHrSignatureProblem(delivery, delivery.rawBody, await deps.secrets.read(source.webhookSecret), now);
  if (problem !== undefined) throw new GatehouseError('signature-invalid', problem);
  const raw = await readJson(deps.keeper, delivery, now);
  const list = noticesOf(raw);
  if (list.length === 0 || list.length > mostNotices)
    await refuseDelivery(deps.keeper, delivery, `A webhook tells of 1 to ${mostNotices} employees; this one of ${list.length}.`, now);
  const isBatch = isList(raw);
  const batchId = isBatch ? deps.ids.next() : null;
  const ending = new Set(endingFacts.flatMap((path) => (source.fields[path] ?? []).map(({ field }) => field)));
  const entries = list.map((one): ReadEntry => {
    const read = readNotice(one, isBatch ? 'fields' : 'event', now);
    if (read.is === 'bad') return { is: 'bad', id: null, problems: read.problems, sent: JSON.stringify(one) };
    const urgent = read.notice.hint.changedFields.some((field) => ending.has(field));
    return { is: 'good', row: { ...toRow(read.notice), source: source.id, receivedAt: now, batchId, urgent }, warnings: [] };
  });
  return { isBatch, events: await takeEvents(deps.keeper, entries, { source: source.id, now }) };
}

function toRow({ eventId, hint, occurredAt }: Notice): Pick<NewEvent, 'eventId' | 'bodyHash' | 'workerId' | 'occurredAt' | 'body'> {
  const body = canonicalJson(hint);
  return { eventId, bodyHash: createHash('sha256').update(body).digest('hex'), workerId: hint.workerId, occurredAt, body };
}
