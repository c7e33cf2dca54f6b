import { accessNames } from './access-rules.ts';
import { dateAt, days, endOf, plusDays, startOf } from './calendar.ts';
import type { HrEntry, HrRecord } from './hr-record.ts';

/** How somebody stands at a time by what HR told until then. */
export type Standing = 'nobody' | 'coming' | 'there' | 'left' | 'withdrawn';

/** What is to be so for one human being at the end, from what HR told alone. */
export type Prediction = {
  readonly standing: Standing;
  /** The record that counts. */
  readonly record: HrRecord;
  readonly workerIds: readonly string[];
  /** When they came to be there for the last time, or stopped; -Infinity where they always were. */
  readonly since: number;
  /** Everything that the rules give now, and what only a former role gave and whose grace is not over. */
  readonly access: ReadonlySet<string>;
  /** What may be there or not: its grace ends within a day of the end, or ended so short before that it may be taken away later. */
  readonly ending: ReadonlySet<string>;
  /** The first role of this time with the company: who began as an employee has an account in AD. */
  readonly first: HrRecord;
  /** They were away, and came back. */
  readonly isBack: boolean;
  /** Of somebody who has left: from when their accounts are deleted, milliseconds since the epoch. */
  readonly deletedFrom: number;
};

const graceDays = 7;
const createDaysBefore = 14;
const deleteDaysAfter = 30;

type Employment = { readonly record: HrRecord; readonly from: number; readonly ends: number | null; readonly isWithdrawn: boolean };

/** They were there before the first of HR's entries; how much later than due something may have been done, in milliseconds. */
export type Circumstances = { readonly isFromBefore: boolean; readonly lateMs?: number };

/** Predicts one human being's end from HR's entries about them, in the order of time. */
export function predict(entries: readonly HrEntry[], end: number, { isFromBefore, lateMs = 0 }: Circumstances): Prediction | undefined {
  const [first] = entries;
  if (first === undefined) return undefined;
  const moments = momentsOf(entries, end);
  const course = courseOf(entries, moments, isFromBefore ? Number.NEGATIVE_INFINITY : first.at);
  const { since } = course;
  const recordAt = (at: number): HrRecord => standingAt(entries, at).record ?? first.record;
  const record = recordAt(end);
  const roles = moments.filter((at) => at >= since).map((at) => ({ at, record: recordAt(at) }));
  const started = since === Number.NEGATIVE_INFINITY ? first.record : (roles[0]?.record ?? first.record);
  return {
    ...course,
    record,
    workerIds: [...new Set(entries.map((entry) => entry.record.workerId))],
    ...accessAt([{ at: since, record: started }, ...roles], record, { end, lateMs }),
    first: started,
    deletedFrom: Number.isFinite(since) ? deletedFrom(since, record) : Number.POSITIVE_INFINITY,
  };
}

/** How somebody stood in the course of time, up to the last of the moments. */
function courseOf(
  entries: readonly HrEntry[],
  moments: readonly number[],
  knownFrom: number,
): Pick<Prediction, 'since' | 'standing' | 'isBack'> {
  let since = knownFrom;
  let standing: Standing = Number.isFinite(knownFrom) ? 'nobody' : 'there';
  let isBack = false;
  let counting: HrRecord | undefined;
  for (const at of moments) {
    const next = standingAt(entries, at);
    if (isIn(next.standing) !== isIn(standing)) since = at;
    // A termination that is withdrawn leaves the hire date as it was.
    isBack ||= isIn(next.standing) && standing === 'left' && next.record?.hireDate !== counting?.hireDate;
    ({ standing, record: counting } = next);
  }
  return { since, standing, isBack };
}

function deletedFrom(since: number, { timeZone }: HrRecord): number {
  return startOf(plusDays(dateAt(since - 1, timeZone), deleteDaysAfter), timeZone);
}

function isIn(standing: Standing): boolean {
  return standing === 'coming' || standing === 'there';
}

/** When something can have changed: HR told something, somebody's time to be set up, first day or end came. */
function momentsOf(entries: readonly HrEntry[], end: number): readonly number[] {
  const found = entries.flatMap(({ at, record }) => {
    const from = startOf(record.hireDate, record.timeZone);
    const { ends } = employmentOf(record, at);
    return [at, from, createFrom(record), ...(ends === null ? [] : [ends])];
  });
  const [first] = entries;
  return [...new Set(found)].filter((at) => at <= end && at >= (first?.at ?? 0)).toSorted((one, other) => one - other);
}

function createFrom({ hireDate, timeZone }: HrRecord): number {
  return startOf(plusDays(hireDate, -createDaysBefore), timeZone);
}

function standingAt(entries: readonly HrEntry[], at: number): { readonly standing: Standing; readonly record: HrRecord | undefined } {
  const all = employmentsAt(entries, at);
  const real = all.filter(({ isWithdrawn }) => !isWithdrawn);
  const ended = real.filter(({ ends }) => ends !== null && ends <= at);
  const going = real.filter((one) => !ended.includes(one));
  const current = latest(going.filter(({ from }) => from <= at));
  if (current !== undefined) return { standing: 'there', record: current.record };
  const lastEnd = Math.max(...ended.map(({ ends }) => ends ?? 0));
  // Who has never been there is set up when it is time; what follows soon after an end goes on from it.
  const ahead = latest(going.filter(({ record }) => createFrom(record) <= Math.max(at, lastEnd)));
  if (ahead !== undefined) return { standing: 'coming', record: ahead.record };
  const over = latest(ended);
  if (over !== undefined) return { standing: 'left', record: over.record };
  const isTakenBack = all.some(({ isWithdrawn }) => isWithdrawn);
  return { standing: isTakenBack ? 'withdrawn' : 'nobody', record: latest(all)?.record };
}

function latest(list: readonly Employment[]): Employment | undefined {
  return list.toSorted((one, other) => other.from - one.from)[0];
}

function employmentsAt(entries: readonly HrEntry[], at: number): readonly Employment[] {
  const told = entries.filter((entry) => entry.at <= at);
  return [...Map.groupBy(told, ({ record }) => record.workerId).values()].flatMap(stintsOf);
}

/** The stretches of work under one worker id: who comes back with a later hire date begins another. */
function stintsOf(entries: readonly HrEntry[]): readonly Employment[] {
  const earlier: Employment[] = [];
  let closedAt: number | null = null;
  let now: Employment | undefined;
  for (const { at, record } of entries) {
    const isOver = now !== undefined && !now.isWithdrawn && now.ends !== null && now.ends <= at;
    if (now !== undefined && isOver && record.hireDate > now.record.hireDate) earlier.push(now);
    closedAt = isClosed(record) ? (closedAt ?? at) : null;
    now = employmentOf(record, closedAt ?? at);
  }
  return now === undefined ? earlier : [...earlier, now];
}

function isClosed({ status, terminationKind }: HrRecord): boolean {
  return status === 'terminated' || status === 'rescinded' || terminationKind === 'immediate';
}

function employmentOf(record: HrRecord, closedAt: number): Employment {
  const { hireDate, lastDay, timeZone, status } = record;
  const isWithdrawn = status === 'rescinded' || (lastDay !== null && lastDay < hireDate);
  return { record, from: startOf(hireDate, timeZone), ends: endsAt(record, closedAt, isWithdrawn), isWithdrawn };
}

function endsAt(
  { lastDay, accessEnds, terminationKind, status, timeZone }: HrRecord,
  closedAt: number,
  isWithdrawn: boolean,
): number | null {
  if (isWithdrawn || (terminationKind === 'immediate' && (status === 'terminated' || lastDay !== null))) return closedAt;
  if (accessEnds !== null) return Date.parse(accessEnds);
  if (lastDay !== null) return endOf(lastDay, timeZone);
  return status === 'terminated' ? closedAt : null;
}

type Role = { readonly at: number; readonly record: HrRecord };

function accessAt(
  roles: readonly Role[],
  record: HrRecord,
  { end, lateMs }: { readonly end: number; readonly lateMs: number },
): Pick<Prediction, 'access' | 'ending'> {
  const access = new Set(accessNames(record));
  const ending = new Set<string>();
  const former = roles.map(({ at, record: role }) => ({ at, names: accessNames(role) }));
  for (const name of new Set(former.flatMap(({ names }) => [...names]))) {
    if (access.has(name)) continue;
    const lastIndex = former.findLastIndex(({ names }) => names.has(name));
    const lostAt = former[lastIndex + 1]?.at ?? end;
    const until = startOf(plusDays(dateAt(lostAt, record.timeZone), graceDays), record.timeZone);
    if (end < until) access.add(name);
    if (end > until - days(1) && end < until + days(1) + lateMs) ending.add(name);
  }
  return { access, ending };
}
