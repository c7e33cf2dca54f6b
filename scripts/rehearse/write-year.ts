import { randomFrom } from '../../test/support/campaign-random.ts';
import type { Book, Worker } from './book.ts';
import { days, plusDays, dateAt, weekday } from './calendar.ts';
import type { Happening, HrRecord } from './hr-record.ts';
import * as changes from './write-changes.ts';
import * as hires from './write-hires.ts';
import * as leavers from './write-leavers.ts';

/** What a year is to be made of. `weekdays`: on which HR works. `untouched`: workers to whom nothing happens. */
export type YearOrder = {
  readonly seed: number;
  readonly start: number;
  readonly days: number;
  readonly happenings: number;
  readonly weekdays: readonly number[];
  readonly company: readonly HrRecord[];
  readonly untouched: ReadonlySet<string>;
};

/** A year: what happens, in the order of time, and whom HR has to give its own id before. */
export type Year = { readonly happenings: readonly Happening[]; readonly keys: ReadonlyMap<string, string>; readonly end: number };

type Kind = (book: Book) => boolean;
const kinds: readonly (readonly [Kind, weight: number])[] = [
  [hires.hireAhead, 10],
  [hires.hireLate, 6],
  [hires.hireContractor, 6],
  [hires.hireNamesake, 3],
  [hires.hireBeforeManager, 2],
  [hires.startMoved, 2],
  [hires.rescinded, 3],
  [hires.noShow, 2],
  [changes.move, 12],
  [changes.moveAhead, 6],
  [changes.newManager, 5],
  [changes.renamed, 3],
  [changes.onLeave, 3],
  [changes.converted, 2],
  [leavers.leaverAhead, 6],
  [leavers.leaverToday, 4],
  [leavers.leaverNow, 3],
  [leavers.leaverAtInstant, 3],
  [leavers.leaverPast, 2],
  [leavers.withdrawnBefore, 2],
  [leavers.withdrawnAfter, 3],
  [leavers.rehiredSame, 5],
  [leavers.rehiredAnew, 4],
  [leavers.goesOnAsContractor, 2],
];

/** Writes a year. The same order gives the same year. Nothing new begins in its last days, so that what began can end. */
export function writeYear(order: YearOrder): Year {
  const end = order.start + days(order.days);
  const book: Book = {
    random: randomFrom(order.seed),
    workers: new Map(order.company.map((record) => [record.workerId, workerOf(record, order.untouched)])),
    written: [],
    agenda: [],
    keys: new Map(),
    now: order.start,
    end,
    nextId: 0,
  };
  const turns = turnsOf(order);
  const first = shuffled(
    book,
    kinds.map(([kind]) => kind),
  );
  for (const [index, at] of turns.entries()) {
    book.now = at;
    due(book);
    const until = Math.round(((index + 1) * order.happenings) / turns.length);
    for (let tries = 0; book.written.length < until && tries < 50; tries += 1) (first.shift() ?? weighted(book))(book);
  }
  book.now = end - days(1);
  due(book);
  return { happenings: book.written.toSorted((one, other) => one.at - other.at), keys: book.keys, end };
}

/** The moments at which HR works: at ten in the morning, UTC, when it is the same date in all five zones. */
function turnsOf({ start, days: length, weekdays }: YearOrder): readonly number[] {
  const from = dateAt(start, 'UTC');
  const dates = Array.from({ length: length - 2 }, (_, index) => plusDays(from, index + 1));
  return dates.filter((date) => weekdays.includes(weekday(date))).map((date) => Date.parse(`${date}T10:00:00Z`));
}

function due(book: Book): void {
  for (;;) {
    const index = book.agenda.findIndex(({ from }) => from <= book.now);
    const [item] = index < 0 ? [] : book.agenda.splice(index, 1);
    if (item === undefined) return;
    item.write(book);
  }
}

function workerOf(record: HrRecord, untouched: ReadonlySet<string>): Worker {
  const freeFrom = untouched.has(record.workerId) ? Number.POSITIVE_INFINITY : 0;
  return { human: record.workerId, record, phase: 'there', freeFrom, isFromBefore: true };
}

function weighted(book: Book): Kind {
  let left = book.random.below(kinds.reduce((sum, [, weight]) => sum + weight, 0));
  for (const [kind, weight] of kinds) {
    left -= weight;
    if (left < 0) return kind;
  }
  return hires.hireAhead;
}

function shuffled<T>(book: Book, list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, rank: book.random.between(0, 1) }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}
