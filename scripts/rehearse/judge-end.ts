import { days } from './calendar.ts';
import type { HrEntry, HrRecord } from './hr-record.ts';
import { type Prediction, predict } from './predict.ts';
import type { Account } from './read-accounts.ts';

/** What the end is judged by: HR's entries, the company and all accounts as they were before the first of them, and the accounts at the end. */
export type Evidence = {
  readonly entries: readonly HrEntry[];
  readonly company: readonly HrRecord[];
  readonly before: readonly Account[];
  readonly after: readonly Account[];
  readonly start: number;
  readonly end: number;
  /** How much later than due something may have been done, in milliseconds. */
  readonly lateMs: number;
};

/** Something that is not as it has to be, and the human being whose it is; empty where it is nobody's. */
export type Finding = { readonly human: string; readonly text: string };

type Case = Evidence & { readonly of: ReadonlyMap<string, Prediction>; readonly humanOf: ReadonlyMap<string, string> };
type Systems = Readonly<Record<Account['system'], readonly Account[]>>;

/** Everything that differs from what HR's entries alone let one expect: accounts, who may use them, groups and licences, managers, places, names. */
export function judgeEnd(evidence: Evidence): readonly Finding[] {
  const byHuman = Map.groupBy(evidence.entries, ({ human }) => human);
  const untouched = evidence.company.filter(({ workerId }) => !byHuman.has(workerId));
  const always = untouched.map((record): HrEntry => ({ at: evidence.start, human: record.workerId, why: 'there from before', record }));
  for (const entry of always) byHuman.set(entry.human, [entry]);
  const fromBefore = new Map(evidence.company.map((record) => [record.workerId, record]));
  const of = new Map<string, Prediction>();
  const humanOf = new Map<string, string>();
  for (const [human, entries] of byHuman) {
    const record = fromBefore.get(human);
    const all = record === undefined ? entries : [{ at: evidence.start, human, why: 'there from before', record }, ...entries];
    const prediction = predict(all, evidence.end, { isFromBefore: record !== undefined, lateMs: evidence.lateMs });
    if (prediction !== undefined) of.set(human, prediction);
    for (const entry of all) humanOf.set(entry.record.workerId, human);
  }
  const situation = { ...evidence, of, humanOf };
  return [...[...of.keys()].flatMap((human) => judgeOne(situation, human)), ...judgeNames(evidence), ...judgeStrangers(situation)];
}

function judgeOne(situation: Case, human: string): readonly Finding[] {
  const prediction = situation.of.get(human);
  if (prediction === undefined) return [];
  const mine = situation.after.filter(({ employeeId }) => prediction.workerIds.includes(employeeId));
  const systems: Systems = {
    ad: mine.filter(({ system }) => system === 'ad'),
    entra: mine.filter(({ system }) => system === 'entra'),
    oci: mine.filter(({ system }) => system === 'oci'),
  };
  const texts = isOver(prediction) ? judgeGone(situation, prediction, systems) : judgeThere(situation, human, systems);
  return texts.map((text) => ({ human, text }));
}

function isOver({ standing }: Prediction): boolean {
  return standing === 'left' || standing === 'withdrawn' || standing === 'nobody';
}

/** Nobody who has left keeps anything, and after a while not even accounts. */
function judgeGone({ end, lateMs }: Case, prediction: Prediction, systems: Systems): readonly string[] {
  const all = [...systems.ad, ...systems.entra, ...systems.oci];
  const mayBeThere = prediction.standing === 'left' && end < prediction.deletedFrom + days(1) + lateMs;
  const mustBeThere = prediction.standing === 'left' && end < prediction.deletedFrom - days(1);
  return [
    ...all.flatMap((account) => [
      ...(account.isEnabled ? [`has left and can use ${account.system}`] : []),
      ...[...account.access, ...account.keys].map((name) => `has left and keeps ${name} in ${account.system}`),
      ...(account.livePasses > 0 ? ['has left and has a usable pass'] : []),
      ...(mayBeThere ? [] : [`has left for good and still has an account in ${account.system}`]),
    ]),
    ...(mustBeThere && systems.entra.length === 0 ? ['has left lately and has no account in entra any more'] : []),
    ...systems.ad.flatMap(({ unit }) => same('the unit in AD', unit, 'OU=Leavers,DC=corp,DC=contoso,DC=example')),
  ];
}

function judgeThere(situation: Case, human: string, systems: Systems): readonly string[] {
  const prediction = situation.of.get(human);
  if (prediction === undefined) return [];
  const { record, first, since, standing } = prediction;
  const isFromBefore = since === Number.NEGATIVE_INFINITY;
  const had = situation.before.filter(({ employeeId }) => prediction.workerIds.includes(employeeId));
  const wasIn = (system: Account['system']) => had.some((account) => account.system === system);
  const wanted = {
    ad: first.workerType === 'employee' || wasIn('ad') ? 1 : 0,
    entra: 1,
    oci: had.length === 0 || prediction.isBack || wasIn('oci') ? 1 : 0,
  } as const;
  const isTouched = !isFromBefore || situation.entries.some((entry) => entry.human === human);
  const of = (['ad', 'entra', 'oci'] as const).flatMap((system) => [
    ...same(`accounts in ${system}`, String(systems[system].length), String(wanted[system])),
    ...systems[system].flatMap((account) => [
      ...same(`usable in ${system}`, String(account.isEnabled), String(standing === 'there')),
      ...judgeAccess(prediction, account, isFromBefore ? had : []),
      ...(isTouched ? judgeRecord(record, account) : []),
      ...judgeManager(situation, human, account),
    ]),
  ]);
  const old = [...systems.ad, ...systems.entra, ...systems.oci].filter(({ employeeId }) => employeeId !== record.workerId);
  return [...of, ...old.map(({ system, employeeId }) => `the account in ${system} still carries the former worker id ${employeeId}`)];
}

/** What the rules give and, of somebody who was always there, what they had on the first morning: that stays. */
function judgeAccess({ access, ending }: Prediction, account: Account, had: readonly Account[]): readonly string[] {
  const prefixes = account.system === 'entra' ? ['entra ', 'licence '] : [`${account.system} `];
  const isOfSystem = (name: string) => prefixes.some((prefix) => name.startsWith(prefix));
  const wanted = new Set([...[...access].filter(isOfSystem), ...had.flatMap((one) => [...one.access]).filter(isOfSystem)]);
  const missing = [...wanted].filter((name) => !account.access.has(name) && !ending.has(name));
  const extra = [...account.access].filter((name) => !wanted.has(name) && !ending.has(name));
  return [
    ...missing.map((name) => `lacks ${name}`),
    ...extra.map((name) => `has ${name}, which nothing gives`),
    ...(account.livePasses > 1 ? [`has ${account.livePasses} usable passes`] : []),
  ];
}

function judgeRecord(record: HrRecord, account: Account): readonly string[] {
  const { given, family } = record.name;
  // Who was there from before may be written the other way round, as is usual with Chinese and Japanese names.
  const displayName =
    family !== null && account.displayName === `${family} ${given}`
      ? account.displayName
      : [given, family].filter((part) => part !== null).join(' ');
  const unit = `OU=${record.location.country},OU=People,DC=corp,DC=contoso,DC=example`;
  return [
    ...same(`the name in ${account.system}`, account.displayName, displayName),
    ...same(`the department in ${account.system}`, account.department, record.department),
    ...same(`the job title in ${account.system}`, account.jobTitle, record.jobTitle),
    ...(account.system === 'ad' ? same('the unit in AD', account.unit, unit) : []),
  ];
}

/** The manager whom HR names, where they have left the next one up; where that one has no account in the system, nobody who has left. */
function judgeManager(situation: Case, human: string, account: Account): readonly string[] {
  const wanted = managerOf(situation, human);
  const accountOf = (one: string) =>
    situation.after.find(({ system, employeeId }) => system === account.system && situation.humanOf.get(employeeId) === one);
  const found = situation.after.find(({ system, id }) => system === account.system && id === account.manager);
  const foundHuman = found === undefined ? undefined : situation.humanOf.get(found.employeeId);
  if (wanted !== undefined && accountOf(wanted) !== undefined)
    return same(`the manager in ${account.system}`, foundHuman ?? 'nobody', wanted);
  const hasLeft = foundHuman !== undefined && isOver(situation.of.get(foundHuman) ?? { ...emptyPrediction });
  return hasLeft ? [`the manager in ${account.system} is ${foundHuman}, who has left`] : [];
}

const emptyPrediction = { standing: 'there' } as Pick<Prediction, 'standing'> as Prediction;
const highest = 10;

function managerOf({ of, humanOf }: Case, human: string): string | undefined {
  let managerId = of.get(human)?.record.managerId;
  for (let climbed = 0; climbed < highest && managerId != null; climbed += 1) {
    const manager = humanOf.get(managerId);
    const prediction = manager === undefined ? undefined : of.get(manager);
    if (manager === undefined || prediction === undefined || manager === human) return undefined;
    if (!isOver(prediction)) return manager;
    managerId = prediction.record.managerId;
  }
  return undefined;
}

/** No two bear one name, accents and case aside; and nobody's name changed by itself since the first morning. */
function judgeNames({ before, after }: Evidence): readonly Finding[] {
  const bearers = Map.groupBy(
    after.flatMap(({ employeeId, names }) =>
      names.map((name) => ({ employeeId, name: name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase() })),
    ),
    ({ name }) => name,
  );
  const twice = [...bearers].filter(([, list]) => list.length > 1);
  const namesOf = new Map(before.map(({ system, id, names }) => [`${system} ${id}`, names.join(', ')]));
  const drifted = after.filter(({ system, id, names }) => (namesOf.get(`${system} ${id}`) ?? names.join(', ')) !== names.join(', '));
  return [
    ...twice.map(([name, list]) => ({
      human: '',
      text: `the ${name} is borne by ${list.map(({ employeeId }) => employeeId).join(' and ')}`,
    })),
    ...drifted.map(({ employeeId, names }) => ({ human: employeeId, text: `a name has changed by itself: now ${names.join(', ')}` })),
  ];
}

/** Accounts of worker ids that HR never knew. */
function judgeStrangers({ before, after, humanOf }: Case): readonly Finding[] {
  const known = new Set(before.map(({ system, id }) => `${system} ${id}`));
  return after
    .filter(({ system, id, employeeId }) => !humanOf.has(employeeId) && !known.has(`${system} ${id}`))
    .map(({ system, employeeId }) => ({ human: employeeId, text: `an account in ${system} of a worker whom HR does not know` }));
}

function same(what: string, found: string, wanted: string): readonly string[] {
  return found === wanted ? [] : [`${what}: found ${found || 'nothing'}, must be ${wanted || 'nothing'}`];
}
