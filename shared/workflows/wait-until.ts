import { daysAfter } from '../domain/dates/days-after.ts';
import { endOfDay } from '../domain/dates/end-of-day.ts';
import { startOfDay } from '../domain/dates/start-of-day.ts';
import { workerFact } from '../domain/facts/worker-fact.ts';
import type { Worker } from '../domain/worker.ts';
import type { WaitUntil } from './definition.ts';

/** The instant that a wait is for, in milliseconds since the epoch, with dates in `zone`; undefined while the worker's record does not say the date. */
export function waitUntil({ date, at, offsetDays = 0 }: WaitUntil, worker: Worker, zone: string): number | undefined {
  const known = workerFact(worker, date);
  if (typeof known !== 'string') return undefined;
  const day = daysAfter(known, offsetDays);
  return at === 'startOfDay' ? startOfDay(day, zone) : endOfDay(day, zone);
}
