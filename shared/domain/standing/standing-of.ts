import { createFrom } from '../dates/create-from.ts';
import { startOfDay } from '../dates/start-of-day.ts';
import type { CalendarDate, SourceId } from '../ids.ts';
import type { Worker } from '../worker.ts';
import { type Calendar, zoneIn } from './calendar.ts';
import { cutOffOf, isWithdrawn } from './cut-off.ts';

/** One stretch of somebody's work under a worker id. `closedAt` says when the source told that it is over. */
export type Employment = { readonly source: SourceId; readonly workerId: string; readonly worker: Worker; readonly closedAt: number };

/** How somebody stands at a time, by everything that is known of their work. */
export type Stance = {
  readonly standing: 'coming' | 'active' | 'leave' | 'leaving' | 'left' | 'withdrawn' | 'none';
  /** When access ends, or ended, in milliseconds since the epoch: the latest cut-off, null while one employment is open-ended. */
  readonly endsAt: number | null;
  readonly startsOn: CalendarDate | null;
  readonly isOnLeave: boolean;
  /** The employment whose record counts for attributes and access. */
  readonly leading: Employment | undefined;
  /** When this changes by the mere passing of time; null where it does not. */
  readonly changesAt: number | null;
};

type Span = { readonly of: Employment; readonly from: number; readonly createFrom: number; readonly ends: number | null };

/** Whether somebody has access, or is to have it. */
export function isThere({ standing }: Pick<Stance, 'standing'>): boolean {
  return standing === 'coming' || standing === 'active' || standing === 'leave' || standing === 'leaving';
}

/**
 * How a person stands. What begins no later than `createDaysBefore` days after what ends goes on from it: nobody leaves in between. After a longer gap they have left, and come back when it is time to
 * set them up again.
 */
export function standingOf(employments: readonly Employment[], now: number, calendar: Calendar): Stance {
  const withdrawn = employments.filter(({ worker }) => isWithdrawn(worker));
  const spans = employments.filter(({ worker }) => !isWithdrawn(worker)).map((of) => spanOf(of, now, calendar));
  const ended = spans.filter((span) => span.ends !== null && span.ends <= now);
  const current = spans.filter((span) => span.from <= now && !ended.includes(span));
  const ahead = spans
    .filter((span) => span.from > now && !ended.includes(span))
    .toSorted((one, other) => one.from - other.from || byName(one, other));
  const changesAt = nextChange(spans, now);
  if (current.length > 0) return present(current, ahead, changesAt);
  const lastEnd = Math.max(...ended.map(({ ends }) => ends ?? 0));
  const near = ended.length === 0 ? ahead : ahead.filter((span) => span.createFrom <= Math.max(now, lastEnd));
  if (near.length > 0) return coming(near, ahead, changesAt);
  if (ended.length > 0) return { ...nobody, standing: 'left', endsAt: lastEnd, leading: latest(ended)?.of, changesAt };
  if (withdrawn.length === 0) return nobody;
  const endsAt = Math.min(now, Math.max(...withdrawn.map(({ closedAt }) => closedAt)));
  const leading = withdrawn.toSorted((one, other) => rankOf(other).localeCompare(rankOf(one)))[0];
  return { ...nobody, standing: 'withdrawn', endsAt, leading };
}

const nobody: Stance = { standing: 'none', endsAt: null, startsOn: null, isOnLeave: false, leading: undefined, changesAt: null };

function spanOf(of: Employment, now: number, calendar: Calendar): Span {
  const { worker } = of;
  const { zone } = zoneIn(calendar, worker);
  // What was told a moment ahead of our clock is told now.
  const ends = cutOffOf(worker, Math.min(of.closedAt, now), calendar);
  return { of, from: startOfDay(worker.hireDate, zone), createFrom: createFrom(worker.hireDate, calendar.createDaysBefore, zone), ends };
}

function present(current: readonly Span[], ahead: readonly Span[], changesAt: number | null): Stance {
  const leading = latest(current)?.of;
  const isOnLeave = leading?.worker.status === 'leave';
  const endsAt = chainEnd(endOf(current), ahead);
  const standing = endsAt !== null ? 'leaving' : isOnLeave ? 'leave' : 'active';
  return { standing, endsAt, startsOn: leading?.worker.hireDate ?? null, isOnLeave, leading, changesAt };
}

function coming(near: readonly Span[], ahead: readonly Span[], changesAt: number | null): Stance {
  const [first] = near;
  const endsAt = first === undefined ? null : chainEnd(first.ends, ahead);
  return { ...nobody, standing: 'coming', endsAt, startsOn: first?.of.worker.hireDate ?? null, leading: first?.of, changesAt };
}

/** Where it ends when everything that begins in time goes on from it. `ahead` is in the order of its beginning. */
function chainEnd(from: number | null, ahead: readonly Span[]): number | null {
  let end = from;
  for (const span of ahead) if (end !== null && span.createFrom <= end) end = span.ends === null ? null : Math.max(end, span.ends);
  return end;
}

function endOf(spans: readonly Span[]): number | null {
  return spans.reduce<number | null>((end, span) => (end === null || span.ends === null ? null : Math.max(end, span.ends)), 0);
}

function nextChange(spans: readonly Span[], now: number): number | null {
  const moments = spans.flatMap(({ from, ends, createFrom: begins }) => [
    from,
    ...(ends === null ? [] : [ends]),
    ...(spans.length > 1 ? [begins] : []),
  ]);
  const later = moments.filter((moment) => moment > now);
  return later.length === 0 ? null : Math.min(...later);
}

/** The one that was begun last. */
function latest(spans: readonly Span[]): Span | undefined {
  return spans.toSorted((one, other) => rankOf(other.of).localeCompare(rankOf(one.of)))[0];
}

function byName(one: Span, other: Span): number {
  return rankOf(one.of).localeCompare(rankOf(other.of));
}

function rankOf({ worker, source, workerId }: Employment): string {
  return `${worker.hireDate} ${source} ${workerId}`;
}
