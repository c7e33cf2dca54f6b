import type { Random } from '../../test/support/campaign-random.ts';
import { days } from './calendar.ts';
import type { Happening, HrRecord, Sending } from './hr-record.ts';

/** What HR's staff know of a worker while they write the year. `freeFrom`: nothing else happens to them before. */
export type Worker = {
  readonly human: string;
  record: HrRecord;
  phase: 'there' | 'coming' | 'leaving' | 'left' | 'over';
  freeFrom: number;
  readonly isFromBefore: boolean;
};

/** The year as it is being written. */
export type Book = {
  readonly random: Random;
  readonly workers: Map<string, Worker>;
  readonly written: Happening[];
  /** What follows from something written before, by the time from which it may happen. */
  readonly agenda: { readonly from: number; readonly write: (book: Book) => void }[];
  /** People of the first morning who need HR's own id of them, since they come back under another worker id. */
  readonly keys: Map<string, string>;
  now: number;
  readonly end: number;
  nextId: number;
};

const twicePercent = 10;
const latePercent = 10;

/** Writes that HR enters somebody. */
export function hire(book: Book, why: string, worker: { readonly human: string; readonly record: HrRecord }): Worker {
  const { human, record } = worker;
  const entered: Worker = { human, record, phase: 'coming', freeFrom: book.now + days(1), isFromBefore: false };
  book.workers.set(record.workerId, entered);
  book.written.push({ at: book.now, human, why, record, changes: record, sending: sendingOf(book, 'hire') });
  return entered;
}

/** Writes that HR changes somebody's record. */
export function change(book: Book, worker: Worker, why: string, changes: Partial<HrRecord>): void {
  changeAt(book, worker, { why, changes, at: book.now });
}

function changeAt(book: Book, worker: Worker, { why, changes, at }: Pick<Told, 'why' | 'changes' | 'at'>): void {
  worker.record = { ...worker.record, ...changes };
  worker.freeFrom = at + days(1);
  const { human, record } = worker;
  book.written.push({ at, human, why, record, changes, sending: sendingOf(book, 'change') });
}

/** What HR tells ahead: it holds from the start of a date. */
export type Told = { readonly why: string; readonly changes: Partial<HrRecord>; readonly at: number; readonly date: string };

/** Writes that HR tells now what will hold from a date on, and has it in the record from then on. */
export function tellAhead(book: Book, worker: Worker, { why, changes, at, date }: Told): void {
  const { human, record } = worker;
  const sending = { as: 'ahead', effectiveFrom: date } as const;
  book.written.push({ at: book.now, human, why: `${why}, told ahead`, record: { ...record, ...changes }, changes, sending });
  changeAt(book, worker, { why, changes, at });
}

/** Something for later. */
export function later(book: Book, from: number, write: (book: Book) => void): void {
  book.agenda.push({ from, write });
}

/** A worker to whom something may happen now, such as `isFit`; undefined where there is none. */
export function pick(book: Book, isFit: (worker: Worker) => boolean): Worker | undefined {
  const fit = [...book.workers.values()].filter((worker) => worker.freeFrom <= book.now && isFit(worker));
  return fit[book.random.below(Math.max(fit.length, 1))];
}

/** One of a list. */
export function oneOf<T>(book: Book, list: readonly T[]): T {
  const found = list[book.random.below(list.length)];
  if (found === undefined) throw new Error('There is nothing to choose from.');
  return found;
}

function sendingOf({ random }: Book, as: 'hire' | 'change'): Sending {
  return { as, twice: random.below(100) < twicePercent, late: random.below(100) < latePercent };
}
