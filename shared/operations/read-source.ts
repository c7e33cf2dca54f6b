import { createHash } from 'node:crypto';
import type { HrHint } from '../domain/inbox-body.ts';
import type { SourceId } from '../domain/ids.ts';
import type { SourcedWorker } from '../ports/hr-source.ts';
import type { NewEvent } from '../ports/registry/inbox.ts';
import type { Engagement } from '../ports/registry/people.ts';
import { canonicalJson } from './canonical-json.ts';
import type { OperationDeps } from './deps.ts';
import { raiseHold } from './holds/raise-hold.ts';
import type { EventKeeper } from './keep-events.ts';

/** What a reading of a whole source came to. */
export type SourceReading = { readonly seen: number; readonly changed: number; readonly vanished: number };

const readTimeoutMs = 10 * 60_000;
const page = 1000;
/** More than so many records gone at once are one question about the source, not one for each person. */
const mostQuestions = 20;

/**
 * Reads a whole source, for what no event has told: records that are newer than what is known are taken in as hints, all of them as one batch, so that brakes judge them together. A record that is not there any
 * more is never a leaver by itself: it is held for somebody to decide. Undefined for a source that only pushes.
 */
export async function readSource(deps: OperationDeps, keeper: EventKeeper, source: SourceId): Promise<SourceReading | undefined> {
  const reader = deps.sources.get(source);
  if (reader === undefined) return undefined;
  const known = await knownOf(deps, source);
  const seen = new Set<string>();
  const changed: NewEvent[] = [];
  const batchId = deps.ids.next();
  for await (const sourced of reader.all(AbortSignal.timeout(readTimeoutMs))) {
    const { workerId } = sourced.worker;
    seen.add(workerId);
    if (isNewer(sourced, known.get(workerId))) changed.push(hintOf(deps, { source, batchId, sourced }));
  }
  for (let from = 0; from < changed.length; from += page) await keeper.keep({ events: changed.slice(from, from + page), refused: [] });
  const vanished = [...known.values()].filter(({ workerId, worker }) => !seen.has(workerId) && worker.status !== 'terminated');
  await askAbout(deps, { source, vanished, of: known.size });
  return { seen: seen.size, changed: changed.length, vanished: vanished.length };
}

async function knownOf(deps: OperationDeps, source: SourceId): Promise<ReadonlyMap<string, Engagement>> {
  const known = new Map<string, Engagement>();
  for (let after = ''; ;) {
    const some = await deps.registry.stores.people.ofSource(source, after, page);
    for (const engagement of some) known.set(engagement.workerId, engagement);
    const last = some.at(-1);
    if (last === undefined || some.length < page) return known;
    after = last.workerId;
  }
}

function isNewer({ revision, updatedAt }: SourcedWorker, known: Engagement | undefined): boolean {
  if (known === undefined) return true;
  if (revision !== null && known.revision !== null) return revision > known.revision;
  return updatedAt !== null && Date.parse(updatedAt) > known.occurredAt;
}

type Hinting = { readonly source: SourceId; readonly batchId: string; readonly sourced: SourcedWorker };

function hintOf(deps: OperationDeps, { source, batchId, sourced }: Hinting): NewEvent {
  const now = deps.clock.now();
  const { workerId } = sourced.worker;
  const hint: HrHint = { kind: 'hint', type: 'updated', workerId, changedFields: [] };
  const body = canonicalJson(hint);
  return {
    source,
    eventId: `full-read/${workerId}/${sourced.revision ?? sourced.updatedAt ?? now}`,
    bodyHash: createHash('sha256').update(body).digest('hex'),
    batchId,
    workerId,
    occurredAt: now,
    receivedAt: now,
    urgent: sourced.worker.status === 'terminated',
    body,
  };
}

type Vanished = { readonly source: SourceId; readonly vanished: readonly Engagement[]; readonly of: number };

async function askAbout(deps: OperationDeps, { source, vanished, of }: Vanished): Promise<void> {
  const [first] = vanished;
  if (first === undefined) return;
  if (vanished.length > mostQuestions) {
    const message = `A full reading of ${source} shows ${vanished.length} of ${of} records no more. That ends nobody's access: is the reading whole?`;
    return raise(deps, { reference: source, personId: first.personId, message });
  }
  for (const { workerId, personId } of vanished) {
    const message = `A full reading of ${source} does not show the worker ${workerId} any more. That ends nobody's access by itself: decide whether they have left.`;
    await raise(deps, { reference: `${source}/${workerId}`, personId, message });
  }
}

type Raising = { readonly reference: string; readonly personId: string; readonly message: string };

async function raise(deps: OperationDeps, raising: Raising): Promise<void> {
  await deps.registry.transaction((stores) => raiseHold(deps, stores, { kind: 'change', code: 'record-vanished', ...raising }));
}
