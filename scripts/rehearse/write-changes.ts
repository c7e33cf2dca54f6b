import { type Book, change, later, oneOf, pick, tellAhead, type Worker } from './book.ts';
import { dateAt, days, mondayAfter, plusDays, startOf } from './calendar.ts';
import type { HrRecord } from './hr-record.ts';
import { jobs, names, offices } from './places.ts';
import { managerFor } from './write-hires.ts';

const isThere = ({ phase }: Worker): boolean => phase === 'there';

/** Another department, job and manager, half the time another office, at once. */
export function move(book: Book): boolean {
  const worker = pick(book, isThere);
  if (worker !== undefined) change(book, worker, 'moved', newPlace(book, worker));
  return worker !== undefined;
}

/** The same, told ahead for a Monday. */
export function moveAhead(book: Book): boolean {
  const worker = pick(book, isThere);
  if (worker === undefined) return false;
  const date = plusDays(mondayAfter(dateAt(book.now, 'UTC')), 7 * book.random.below(3));
  const changes = newPlace(book, worker);
  // The zone of the new place: there the date begins.
  const at = startOf(date, changes.timeZone ?? worker.record.timeZone);
  tellAhead(book, worker, { why: 'moved', changes, at, date });
  return true;
}

/** Another manager only. */
export function newManager(book: Book): boolean {
  const worker = pick(book, isThere);
  if (worker !== undefined) change(book, worker, 'another manager', { managerId: managerFor(book, worker.record.workerId) });
  return worker !== undefined;
}

/** Another family name, as after a wedding. */
export function renamed(book: Book): boolean {
  const worker = pick(book, isThere);
  const [, family] = oneOf(book, names);
  if (worker !== undefined)
    change(book, worker, 'another name', { name: { given: worker.record.name.given, family: family ?? 'Sundaram' } });
  return worker !== undefined;
}

/** On leave for some weeks, and back. */
export function onLeave(book: Book): boolean {
  const worker = pick(book, isThere);
  if (worker === undefined) return false;
  const from = dateAt(book.now, 'UTC');
  change(book, worker, 'on leave', { status: 'leave', leave: { from, to: null } });
  worker.freeFrom = Number.POSITIVE_INFINITY;
  later(book, book.now + days(7 + book.random.below(30)), () => change(book, worker, 'back from leave', { status: 'active', leave: null }));
  return true;
}

/** An employee goes on as a contractor, or the other way round, under the same worker id. */
export function converted(book: Book): boolean {
  const worker = pick(book, isThere);
  if (worker === undefined) return false;
  const workerType = worker.record.workerType === 'employee' ? 'contractor' : 'employee';
  change(book, worker, `goes on as ${workerType}`, { workerType });
  worker.phase = 'over';
  return true;
}

function newPlace(book: Book, { record }: Worker): Partial<HrRecord> {
  const managerId = managerFor(book, record.workerId);
  const job = oneOf(book, jobs);
  if (book.random.below(2) === 0) return { ...job, managerId };
  const { timeZone, code, city, country } = oneOf(book, offices);
  return { ...job, managerId, timeZone, location: { code, city, country } };
}
