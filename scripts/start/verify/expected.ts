import { dateAt, daysLater } from '../calendar.ts';
import type { NewHire } from '../sample-hires.ts';
import type { World } from './read-world.ts';

/** How far a hire is by today's date in their zone: nothing is made yet; accounts are made and shut; the day has come. */
export type Stage = 'nothing' | 'shut' | 'open';

/** A person's worker id, manager and place, and what is to be so by them. */
export type Expectation = {
  readonly hire: Pick<NewHire, 'workerId' | 'managerId' | 'location'>;
  readonly stage: Stage;
  readonly isEmployee: boolean;
  readonly adGroups: readonly string[];
  readonly entraGroups: readonly string[];
  readonly licence: string;
  /** Where it is to be looked at too. */
  readonly jobTitle?: string;
  readonly ociGroups: readonly string[];
};

/** Something that is not as it should be: which part, and what was expected and found. */
export type Finding = { readonly part: Part; readonly text: string };
export type Part = 'AD' | 'Entra' | 'OCI' | 'pass' | 'mail' | 'HR' | 'Gatehouse';

const createdDaysBefore = 14;
const office = { LIS: 'Lisbon', LON: 'London', BER: 'Berlin', NYC: 'New York', TYO: 'Tokyo' } as const;
const developers: ReadonlySet<string> = new Set(['ENG1', 'ENG2']);

/** What is to be so for a hire of the sample day, said by hand from config/access.yaml and settings.yaml: a second account, so that a slip there shows. The first day is as HR has it now. */
export function expectationOf(hire: NewHire, world: World): Expectation {
  const hireDate = world.hr.workers.find(({ workerId }) => workerId === hire.workerId)?.hireDate ?? hire.hireDate;
  const isEmployee = hire.workerType === 'employee';
  const { code } = hire.location;
  return {
    hire,
    stage: stageOf(hireDate, dateAt(world.now, hire.timeZone)),
    isEmployee,
    adGroups: ['GG-Staff', `GG-${hire.department}`, `GG-Office-${code}`],
    entraGroups: [isEmployee ? 'All Employees' : 'All Contractors', `${hire.department} Team`, `${office[code]} Office`],
    licence: isEmployee ? 'SPE_E3' : 'SPE_F1',
    ociGroups: ['OCI Staff', ...(developers.has(hire.jobCode) ? ['OCI Developers'] : [])],
  };
}

/** Nothing when the two hold the same texts, in any order; else a finding. */
export function compareSets(part: Part, what: string, expected: readonly string[], found: readonly string[]): readonly Finding[] {
  const [wanted, there] = [expected.toSorted().join(', '), found.toSorted().join(', ')];
  return wanted === there ? [] : [{ part, text: `${what}: expected ${wanted || 'none'}, found ${there || 'none'}` }];
}

/** Nothing when the two are equal; else a finding. */
export function compare(
  part: Part,
  what: string,
  expected: string | number | boolean | null | undefined,
  found: string | number | boolean | null | undefined,
): readonly Finding[] {
  return expected === found ? [] : [{ part, text: `${what}: expected ${String(expected)}, found ${String(found)}` }];
}

function stageOf(hireDate: string, today: string): Stage {
  if (hireDate <= today) return 'open';
  return hireDate <= daysLater(today, createdDaysBefore) ? 'shut' : 'nothing';
}
