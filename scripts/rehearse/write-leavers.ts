import { type Book, change, hire, later, oneOf, pick, type Worker } from './book.ts';
import { dateAt, days, endOf, mondayAfter, plusDays } from './calendar.ts';
import type { HrRecord } from './hr-record.ts';
import { jobs, offices } from './places.ts';
import { managerFor, nextWorkerId, settleIn } from './write-hires.ts';

const isThere = ({ phase }: Worker): boolean => phase === 'there';
const nothingEnds = { lastDay: null, accessEnds: null, terminationKind: null } as const;

/** The last day is a Sunday ahead; half the time HR marks the record as terminated afterwards. */
export function leaverAhead(book: Book): boolean {
  const worker = pick(book, isThere);
  if (worker === undefined) return false;
  end(book, worker, 'leaves on a day ahead', { lastDay: sundayAhead(book) });
  return true;
}

/** The last day is today. */
export function leaverToday(book: Book): boolean {
  const worker = pick(book, isThere);
  if (worker !== undefined) end(book, worker, 'leaves today', { lastDay: dateAt(book.now, worker.record.timeZone) });
  return worker !== undefined;
}

/** Access ends at once. */
export function leaverNow(book: Book): boolean {
  const worker = pick(book, isThere);
  const lastDay = worker && dateAt(book.now, worker.record.timeZone);
  if (worker !== undefined && lastDay !== undefined)
    end(book, worker, 'leaves at once', { status: 'terminated', lastDay, terminationKind: 'immediate' });
  return worker !== undefined;
}

/** Access ends at an instant that HR names. */
export function leaverAtInstant(book: Book): boolean {
  const worker = pick(book, isThere);
  if (worker === undefined) return false;
  const accessEnds = new Date(book.now + days(book.random.below(5)) + 7_200_000).toISOString();
  end(book, worker, 'access ends at an instant', { lastDay: dateAt(Date.parse(accessEnds), worker.record.timeZone), accessEnds });
  return true;
}

/** HR says some days late that somebody has left. */
export function leaverPast(book: Book): boolean {
  const worker = pick(book, isThere);
  const lastDay = plusDays(dateAt(book.now, 'UTC'), -3);
  if (worker !== undefined) end(book, worker, 'has left some days ago', { status: 'terminated', lastDay });
  return worker !== undefined;
}

/** A termination is withdrawn before the last day. */
export function withdrawnBefore(book: Book): boolean {
  const worker = pick(book, isThere);
  if (worker === undefined) return false;
  change(book, worker, 'leaves on a day ahead', { lastDay: plusDays(dateAt(book.now, 'UTC'), 12 + book.random.below(10)) });
  worker.freeFrom = Number.POSITIVE_INFINITY;
  later(book, book.now + days(2 + book.random.below(7)), () => change(book, worker, 'the termination is withdrawn', nothingEnds));
  return true;
}

/** A termination is withdrawn after access had been taken away. */
export function withdrawnAfter(book: Book): boolean {
  const worker = pick(book, isThere);
  if (worker === undefined) return false;
  change(book, worker, 'leaves today', { lastDay: dateAt(book.now, worker.record.timeZone) });
  worker.phase = 'leaving';
  later(book, book.now + days(3 + book.random.below(6)), () => {
    change(book, worker, 'the termination is withdrawn', { status: 'active', ...nothingEnds });
    worker.phase = 'there';
  });
  return true;
}

/** Somebody who left comes back under the same worker id, in another role. */
export function rehiredSame(book: Book): boolean {
  const worker = pick(book, ({ phase }) => phase === 'left');
  if (worker === undefined) return false;
  worker.phase = 'coming';
  change(book, worker, 'comes back', {
    ...newRole(book, worker),
    status: 'active',
    ...nothingEnds,
    hireDate: mondayAfter(dateAt(book.now, 'UTC')),
  });
  settleIn(book, worker.record.workerId);
  return true;
}

/** Somebody who left comes back under another worker id; HR's own id of the human being says who it is. */
export function rehiredAnew(book: Book): boolean {
  const worker = pick(book, ({ phase }) => phase === 'left');
  if (worker === undefined) return false;
  worker.phase = 'over';
  const workerId = nextWorkerId(book, worker.record.workerType);
  const record: HrRecord = {
    ...worker.record,
    ...newRole(book, worker),
    ...nothingEnds,
    workerId,
    status: 'active',
    hireDate: mondayAfter(dateAt(book.now, 'UTC')),
    personKey: keyOf(book, worker),
  };
  hire(book, 'comes back under another id', { human: worker.human, record });
  settleIn(book, workerId);
  return true;
}

/** An employee goes on as a contractor under another worker id, from the day after the last. */
export function goesOnAsContractor(book: Book): boolean {
  const worker = pick(book, (one) => isThere(one) && one.record.workerType === 'employee');
  if (worker === undefined) return false;
  const lastDay = sundayAhead(book);
  change(book, worker, 'ends as employee', { lastDay });
  worker.phase = 'over';
  const workerId = nextWorkerId(book, 'contractor');
  const record: HrRecord = {
    ...worker.record,
    ...nothingEnds,
    workerId,
    workerType: 'contractor',
    hireDate: plusDays(lastDay, 1),
    personKey: keyOf(book, worker),
  };
  hire(book, 'goes on as contractor', { human: worker.human, record }).phase = 'over';
  return true;
}

function end(book: Book, worker: Worker, why: string, changes: Partial<HrRecord>): void {
  change(book, worker, why, changes);
  worker.phase = 'leaving';
  const { lastDay, timeZone, accessEnds, status } = worker.record;
  const over = accessEnds === null ? endOf(lastDay ?? dateAt(book.now, timeZone), timeZone) : Date.parse(accessEnds);
  const isMarkedLater = status !== 'terminated' && book.random.below(2) === 0;
  later(book, Math.max(over, book.now) + days(1), () => {
    if (isMarkedLater) change(book, worker, 'is marked as terminated', { status: 'terminated' });
    worker.phase = 'left';
    worker.freeFrom = book.now + days(1 + book.random.below(45));
  });
}

function sundayAhead(book: Book): string {
  return plusDays(mondayAfter(dateAt(book.now, 'UTC')), 7 * (1 + book.random.below(3)) - 1);
}

function newRole(book: Book, { record }: Worker): Partial<HrRecord> {
  const { timeZone, code, city, country } = oneOf(book, offices);
  return { ...oneOf(book, jobs), managerId: managerFor(book, record.workerId), timeZone, location: { code, city, country } };
}

/** HR's own id of the human being; who was there on the first morning is given one before it. */
function keyOf(book: Book, { human, isFromBefore, record }: Worker): string {
  if (!isFromBefore || record.personKey !== null) return record.personKey ?? `P-${human}`;
  book.keys.set(record.workerId, `P-${human}`);
  return `P-${human}`;
}
