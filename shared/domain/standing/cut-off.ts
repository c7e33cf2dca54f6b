import { lastDayEnds } from '../dates/last-day-ends.ts';
import { startOfDay } from '../dates/start-of-day.ts';
import type { Worker } from '../worker.ts';
import { type Calendar, zoneIn } from './calendar.ts';

/** A hire that is taken back, or whose last day comes before the first: nobody ever came. */
export function isWithdrawn(worker: Worker): boolean {
  return worker.status === 'rescinded' || (worker.lastDay != null && worker.lastDay < worker.hireDate);
}

/** Whether the record ends by itself, with the moment at which that was told: it is withdrawn, terminated, or to end at once. */
export function isClosing(worker: Worker): boolean {
  return isWithdrawn(worker) || worker.status === 'terminated' || endsAtOnce(worker);
}

/**
 * The instant at which access by a worker record ends, in milliseconds since the epoch; null while it has no end. `closedAt` is when the source told that it is over: it counts for a hire that is
 * withdrawn, for a termination at once, and for one that names no date. Else `accessEnds`, else the end of the last day in the person's zone (unknown: the earliest).
 */
export function cutOffOf(worker: Worker, closedAt: number, calendar: Calendar): number | null {
  if (isWithdrawn(worker) || endsAtOnce(worker)) return closedAt;
  if (worker.accessEnds != null && worker.accessEnds !== '' && !isLeftOver(worker, worker.accessEnds, calendar))
    return Date.parse(worker.accessEnds);
  if (worker.lastDay != null) return lastDayEnds(worker.lastDay, zoneIn(calendar, worker), calendar.locations);
  return worker.status === 'terminated' ? closedAt : null;
}

function endsAtOnce(worker: Worker): boolean {
  return worker.terminationKind === 'immediate' && (worker.status === 'terminated' || worker.lastDay != null);
}

/** Of an earlier time: somebody is there again who was hired after it. */
function isLeftOver(worker: Worker, accessEnds: string, calendar: Calendar): boolean {
  return worker.status !== 'terminated' && Date.parse(accessEnds) < startOfDay(worker.hireDate, zoneIn(calendar, worker).zone);
}
