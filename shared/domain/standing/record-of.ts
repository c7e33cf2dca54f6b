import { startOfDay } from '../dates/start-of-day.ts';
import { displayName } from '../display-name.ts';
import { mergeWorker } from '../merge-worker.ts';
import type { Worker } from '../worker.ts';
import { type Calendar, zoneIn } from './calendar.ts';
import { cutOffOf, isClosing, isWithdrawn } from './cut-off.ts';
import { orderFacts } from './order-facts.ts';
import { sameValue } from './same-value.ts';
import { sharesName } from './shares-name.ts';
import type { ToldFact } from './told-fact.ts';

/** Why a fact waits for a person. */
export type Doubt = { readonly code: 'contradiction' | 'worker-id-reused'; readonly reason: string };

/** A worker record as it holds, and when the source told that it is over (0 while it has not). */
export type Stint = { readonly worker: Worker; readonly closedAt: number };

/** What a set of facts about one worker id makes at a time. */
export type WorkerRecord = {
  /** The record as it holds now; undefined while nothing holds yet. */
  readonly now: Stint | undefined;
  /** What was over when the worker came back under the same id. */
  readonly earlier: readonly Stint[];
  /** The last fact that counts. */
  readonly last: ToldFact | undefined;
  /** Whether what was told ever gave access at the time it was told for. */
  readonly wasThere: boolean;
  /** When the next fact that was told ahead begins to hold, milliseconds since the epoch. */
  readonly changesAt: number | null;
  /** By the ids of their events, the facts that wait for a person. */
  readonly doubts: ReadonlyMap<string, Doubt>;
};

type Walk = {
  worker: Worker | undefined;
  zoned: Worker | undefined;
  closedAt: number;
  last: ToldFact | undefined;
  wasThere: boolean;
  changesAt: number | null;
};

/** The record of a worker id as a pure function of the set of facts about it and the time: neither the order in which facts arrived nor how often matters. */
export function recordOf(facts: readonly ToldFact[], now: number, calendar: Calendar): WorkerRecord {
  const ordered = orderFacts(facts.filter(({ state }) => state !== 'rejected'));
  const doubts = new Map(contradictions(ordered));
  const earlier: Stint[] = [];
  const walk: Walk = { worker: undefined, zoned: undefined, closedAt: 0, last: undefined, wasThere: false, changesAt: null };
  for (const fact of ordered) {
    if (doubts.has(fact.eventId)) continue;
    walk.zoned = mergeWorker(walk.zoned, fact.told);
    const from = holdsFrom(fact, walk.zoned, calendar);
    if (from > now) {
      walk.changesAt = Math.min(walk.changesAt ?? from, from);
      continue;
    }
    const doubt = reused(walk.worker, walk.closedAt, { fact, calendar });
    if (doubt === undefined) take(walk, earlier, { fact, at: Math.max(fact.occurredAt, from), calendar });
    else doubts.set(fact.eventId, doubt);
  }
  const [first] = ordered;
  // Of a worker of whom nothing holds yet, what is told ahead changes nothing: it is all that is known, and its hire date says from when.
  if (walk.worker === undefined && first !== undefined)
    take(walk, earlier, { fact: first, at: holdsFrom(first, first.told, calendar), calendar });
  const { worker, closedAt, last, wasThere, changesAt } = walk;
  return { now: worker && { worker, closedAt }, earlier, last, wasThere, changesAt, doubts };
}

/** From when a fact holds, in milliseconds since the epoch; a date begins in the zone that the record has with it. */
export function holdsFrom({ effectiveFrom }: Pick<ToldFact, 'effectiveFrom'>, worker: Worker, calendar: Calendar): number {
  if (effectiveFrom === null) return 0;
  return effectiveFrom.includes('T') ? Date.parse(effectiveFrom) : startOfDay(effectiveFrom, zoneIn(calendar, worker).zone);
}

type Taking = { readonly fact: ToldFact; readonly at: number; readonly calendar: Calendar };

function take(walk: Walk, earlier: Stint[], { fact, at, calendar }: Taking): void {
  const before = walk.worker;
  const worker = mergeWorker(before, fact.told);
  const wasClosed = before !== undefined && isClosing(before);
  if (
    before !== undefined &&
    isOver(before, walk.closedAt, { fact, at, calendar }) &&
    worker.hireDate > before.hireDate &&
    !isWithdrawn(before)
  )
    earlier.push({ worker: before, closedAt: walk.closedAt });
  walk.worker = worker;
  walk.last = fact;
  walk.closedAt = isClosing(worker) ? (wasClosed ? walk.closedAt : at) : 0;
  const ends = cutOffOf(worker, walk.closedAt, calendar);
  walk.wasThere ||= !isWithdrawn(worker) && (ends === null || ends > at);
}

function isOver(worker: Worker, closedAt: number, { at, calendar }: Taking): boolean {
  const ends = cutOffOf(worker, closedAt, calendar);
  return worker.status === 'terminated' || (ends !== null && ends <= at);
}

/** Of several facts under one revision and for one time, those that gainsay an earlier one. */
function contradictions(ordered: readonly ToldFact[]): readonly (readonly [string, Doubt])[] {
  const kept: ToldFact[] = [];
  return ordered.flatMap((fact) => {
    const rival = fact.isDecided ? undefined : kept.find((other) => gainsay(other, fact));
    if (rival === undefined) {
      kept.push(fact);
      return [];
    }
    const reason = `The source says two different things about ${fact.told.workerId} under revision ${fact.revision}. Decide which holds.`;
    return [[fact.eventId, { code: 'contradiction', reason }] as const];
  });
}

function gainsay(one: ToldFact, other: ToldFact): boolean {
  if (one.revision === null || one.revision !== other.revision || one.effectiveFrom !== other.effectiveFrom) return false;
  const [flat, rival] = [flattened(one.told), flattened(other.told)];
  return Object.keys(flat).some((field) => field in rival && !sameValue(flat[field], rival[field]));
}

/** Custom fields are told one by one; all others whole. */
function flattened({ custom, ...rest }: Worker): Readonly<Record<string, unknown>> {
  return { ...rest, ...Object.fromEntries(Object.entries(custom ?? {}).map(([name, value]) => [`custom.${name}`, value])) };
}

/** A worker id that was over and is there again under a name that is nothing like the one before. */
function reused(known: Worker | undefined, closedAt: number, { fact, calendar }: Omit<Taking, 'at'>): Doubt | undefined {
  if (known === undefined || fact.isDecided || isClosing(fact.told) || sharesName(known, fact.told)) return undefined;
  const isFree = isWithdrawn(known) || isOver(known, closedAt, { fact, at: fact.occurredAt, calendar });
  if (!isFree) return undefined;
  const [owner, other] = [displayName(known), displayName(fact.told)];
  return {
    code: 'worker-id-reused',
    reason: `The worker id ${fact.told.workerId} belonged to ${owner} and returns as ${other}. Decide who this is.`,
  };
}
