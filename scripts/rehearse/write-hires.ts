import { type Book, change, hire, later, oneOf, pick, type Worker } from './book.ts';
import { dateAt, days, mondayAfter, plusDays, startOf } from './calendar.ts';
import type { HrRecord } from './hr-record.ts';
import { jobs, names, offices } from './places.ts';

type Draft = {
  readonly type?: HrRecord['workerType'];
  readonly hireDate: string;
  readonly name?: HrRecord['name'];
  readonly managerId?: string;
};

/** Somebody begins on a Monday in one to five weeks. */
export function hireAhead(book: Book): boolean {
  enter(book, 'hired ahead', { hireDate: plusDays(monday(book), 7 * book.random.below(5)) });
  return true;
}

/** Somebody began today, or some days ago, and HR says so only now. */
export function hireLate(book: Book): boolean {
  enter(book, 'hired late', { hireDate: plusDays(dateAt(book.now, 'UTC'), -book.random.below(6)) });
  return true;
}

/** A contractor begins next Monday. */
export function hireContractor(book: Book): boolean {
  enter(book, 'contractor hired', { type: 'contractor', hireDate: monday(book) });
  return true;
}

/** Somebody bears the name of somebody who is there. */
export function hireNamesake(book: Book): boolean {
  const other = pick(book, ({ phase }) => phase === 'there');
  if (other === undefined) return false;
  enter(book, 'namesake hired', { hireDate: monday(book), name: other.record.name });
  return true;
}

/** Somebody reports to a manager whom HR enters a week later. */
export function hireBeforeManager(book: Book): boolean {
  const managerId = nextWorkerId(book, 'employee');
  const hireDate = plusDays(monday(book), 7);
  enter(book, 'hired before the manager', { hireDate, managerId });
  later(book, book.now + days(5), () => {
    hire(book, 'a manager is hired', { human: managerId, record: recordOf(book, { hireDate }, managerId) });
    settleIn(book, managerId);
  });
  return true;
}

/** Somebody's first day is put off by two weeks before they came. */
export function startMoved(book: Book): boolean {
  const worker = enter(book, 'hired ahead', { hireDate: plusDays(monday(book), 14) });
  worker.freeFrom = Number.POSITIVE_INFINITY;
  later(book, book.now + days(3 + book.random.below(12)), () => {
    change(book, worker, 'the first day is put off', { hireDate: plusDays(worker.record.hireDate, 14) });
    settleIn(book, worker.record.workerId);
  });
  return true;
}

/** A hire is taken back, before or after accounts were made. */
export function rescinded(book: Book): boolean {
  const worker = enter(book, 'hired ahead', { hireDate: plusDays(monday(book), 14) });
  worker.phase = 'over';
  later(book, book.now + days(1 + book.random.below(18)), () => change(book, worker, 'the hire is taken back', { status: 'rescinded' }));
  return true;
}

/** Somebody does not come on their first day. */
export function noShow(book: Book): boolean {
  const worker = enter(book, 'hired ahead', { hireDate: monday(book) });
  worker.phase = 'over';
  const { hireDate, timeZone } = worker.record;
  later(book, startOf(hireDate, timeZone) + days(1), () =>
    change(book, worker, 'did not come', { status: 'terminated', lastDay: plusDays(hireDate, -1) }),
  );
  return true;
}

/** Whether the worker reports to the other, over however many others. */
function reportsTo(book: Book, worker: string, other: string): boolean {
  const seen = new Set<string>();
  for (let id: string | null | undefined = worker; id != null && !seen.has(id); id = book.workers.get(id)?.record.managerId) {
    if (id === other) return true;
    seen.add(id);
  }
  return false;
}

/** Somebody who can be a manager of the worker: an employee who is there and does not report to them. */
export function managerFor(book: Book, workerId: string): string {
  const fit = [...book.workers.values()].filter(
    ({ phase, record }) => phase === 'there' && record.workerType === 'employee' && !reportsTo(book, record.workerId, workerId),
  );
  return oneOf(book, fit).record.workerId;
}

/** A worker id that nobody had. */
export function nextWorkerId(book: Book, type: HrRecord['workerType']): string {
  book.nextId += 1;
  return `${type === 'employee' ? 3 : 4}${String(book.nextId).padStart(5, '0')}`;
}

/** Is there from the first day on. */
export function settleIn(book: Book, workerId: string): void {
  const worker = book.workers.get(workerId);
  if (worker === undefined) return;
  const { hireDate, timeZone } = worker.record;
  worker.freeFrom = Math.max(book.now, startOf(hireDate, timeZone)) + days(2);
  later(book, worker.freeFrom, () => {
    worker.phase = 'there';
  });
}

function monday(book: Book): string {
  return mondayAfter(dateAt(book.now, 'UTC'));
}

function enter(book: Book, why: string, draft: Draft): Worker {
  const workerId = nextWorkerId(book, draft.type ?? 'employee');
  const entered = hire(book, why, { human: workerId, record: recordOf(book, draft, workerId) });
  settleIn(book, workerId);
  return entered;
}

function recordOf(book: Book, { type = 'employee', hireDate, name, managerId }: Draft, workerId: string): HrRecord {
  const [given, family] = oneOf(book, names);
  const { timeZone, code, city, country } = oneOf(book, offices);
  return {
    workerId,
    status: 'active',
    workerType: type,
    name: name ?? { given, family },
    hireDate,
    lastDay: null,
    accessEnds: null,
    terminationKind: null,
    leave: null,
    ...oneOf(book, jobs),
    location: { code, city, country },
    managerId: managerId ?? managerFor(book, workerId),
    timeZone,
    personKey: `P-${workerId}`,
  };
}
