import type { HrHint } from '../domain/inbox-body.ts';
import { readInboxBody } from '../domain/inbox-body.ts';
import { holdsFrom } from '../domain/standing/record-of.ts';
import type { Worker } from '../domain/worker.ts';
import { GatehouseError } from '../errors.ts';
import type { InboxRow } from '../ports/registry/inbox.ts';
import type { SourcedWorker } from '../ports/hr-source.ts';
import type { OperationDeps } from './deps.ts';

/** What an inbox row tells of its worker, or why a person has to look at it. */
export type ReadFact =
  | {
      readonly is: 'fact';
      readonly worker: Worker;
      readonly revision: number | null;
      readonly occurredAt: number;
      /** As the event said it: a date or an instant; null where it said nothing. */
      readonly effectiveFrom: string | null;
    }
  | { readonly is: 'unclear'; readonly code: 'record-vanished' | 'record-invalid'; readonly reason: string };

const readTimeoutMs = 10_000;

/**
 * A webhook is a hint: where the source can be read, what it says now counts; what an event tells ahead of its time is taken as told. A worker that it does not hold is taken from the event; an event without one is unclear then,
 * and so is a record that cannot be understood. Throws where the source cannot be read now.
 */
export async function readFact(deps: OperationDeps, row: InboxRow): Promise<ReadFact> {
  const body = readInboxBody(row.body);
  try {
    if (body.is === 'hint') return await readHint(deps, row, body.hint);
    const { worker, revision, effectiveFrom } = body.event;
    // The source's present record does not have yet what is told ahead.
    const isAhead = effectiveFrom != null && holdsFrom({ effectiveFrom }, worker, deps.rules.calendar) > deps.clock.now();
    const found = isAhead ? undefined : await readAgain(deps, row);
    return {
      is: 'fact',
      worker: found?.worker ?? worker,
      revision: found?.revision ?? revision ?? null,
      occurredAt: row.occurredAt,
      effectiveFrom: effectiveFrom ?? null,
    };
  } catch (error) {
    if (error instanceof GatehouseError && error.code === 'record-invalid')
      return { is: 'unclear', code: error.code, reason: error.message };
    throw error;
  }
}

/** A record that is gone says nothing about why: it may have been deleted by mistake, merged, or hidden from the key that we read with. */
async function readHint(deps: OperationDeps, row: InboxRow, hint: HrHint): Promise<ReadFact> {
  const who = `${row.source}:${row.workerId}`;
  if (hint.type === 'deleted')
    return unclear(
      `The source says that the record of ${who} was deleted. That ends nobody's access by itself: decide whether they have left.`,
    );
  // What is read now is as new as the moment before it was asked for, however old the hint is.
  const askedAt = deps.clock.now();
  const found = await readAgain(deps, row);
  if (found === undefined)
    return unclear(
      `The source does not show the record of ${who}: it was deleted, or the key that Gatehouse reads with may not see it. Decide what holds.`,
    );
  return {
    is: 'fact',
    worker: await withoutAssumptions(deps, row, found),
    revision: found.revision,
    occurredAt: askedAt,
    effectiveFrom: null,
  };
}

/** A record of somebody who has left may no longer say what kind of worker they were: what is known of it stays. */
async function withoutAssumptions(deps: OperationDeps, row: InboxRow, { worker, assumed = [] }: SourcedWorker): Promise<Worker> {
  if (!assumed.includes('workerType')) return worker;
  const { people } = deps.registry.stores;
  const owner = await people.ownerOf(row.source, row.workerId);
  const engagements = owner === undefined ? [] : await people.engagements(owner);
  const known = engagements.find(({ source, workerId }) => source === row.source && workerId === row.workerId);
  return known === undefined ? worker : { ...worker, workerType: known.worker.workerType };
}

function unclear(reason: string): ReadFact {
  return { is: 'unclear', code: 'record-vanished', reason };
}

async function readAgain(deps: OperationDeps, row: InboxRow): Promise<SourcedWorker | undefined> {
  return deps.sources.get(row.source)?.worker(row.workerId, AbortSignal.timeout(readTimeoutMs));
}
