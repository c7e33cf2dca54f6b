import type { Eye, Sight } from './eyes/eye.ts';
import { judgeChange, keysOf } from './judge-change.ts';
import type { Told, ToldChange, ToldRun } from './told.ts';
import { type Row, together } from './verdict.ts';

/** How the person is to stand in the targets at the end of a phase. */
export type Standing = 'open' | 'shut' | 'gone';

const doneWell: ReadonlySet<string> = new Set(['done', 'already', 'skipped', 'to-come']);
const endedWell: ReadonlySet<string> = new Set(['done', 'done-with-gaps']);

/** What is to be judged: what Gatehouse tells of the person, which runs are new, who looks into the targets, and how the person is to stand there. */
export type Judged = {
  readonly told: Told;
  readonly runs: readonly ToldRun[];
  readonly eyes: readonly Eye[];
  readonly workerId: string;
  readonly standing: Standing;
};

/** Every step of these runs, and every target as a whole, held against what the targets say now. */
export async function judge(judged: Judged): Promise<readonly Row[]> {
  const { told, runs, eyes } = judged;
  const sights = await lookAll(told, runs, eyes);
  const states = await Promise.all(eyes.map((eye) => judgeTarget(judged, eye, sights)));
  return [...runs.flatMap((run) => judgeRun(run, told, sights)), ...states.flat()];
}

type Sights = ReadonlyMap<string, Sight | undefined>;

/** Every account that is linked or that a change was about, by target and id; none of a target that nobody looks into. */
async function lookAll(told: Told, runs: readonly ToldRun[], eyes: readonly Eye[]): Promise<Sights> {
  const changed = runs.flatMap(({ steps }) => steps.flatMap(({ changes }) => changes.map((change) => accountOf(told, change))));
  const places = new Map([...told.accounts, ...changed].map((place) => [keyOf(place), place]));
  const seen = new Map<string, Sight | undefined>();
  for (const [key, { target, nativeId }] of places) {
    const eye = eyeOf(eyes, target);
    if (eye !== undefined && isId(nativeId)) seen.set(key, await eye.look(nativeId));
  }
  return seen;
}

type Place = Told['accounts'][number];

/** The account that a change was about. Of a pass or a mail the object is the thing itself: the account is the one that is linked. */
function accountOf({ accounts }: Told, { target, object, kind }: ToldChange): Place {
  const linked = accounts.filter((account) => account.target === target);
  const isAccount =
    kind === 'account' || linked.length === 0 || linked.some(({ nativeId }) => nativeId.toLowerCase() === object.toLowerCase());
  return isAccount ? { target, nativeId: object } : (linked[0] ?? { target, nativeId: object });
}

function keyOf({ target, nativeId }: Place): string {
  return `${target} ${nativeId}`;
}

/** A GUID, or the 32 digits of OCI: a mail or a contact has another name. */
function isId(nativeId: string): boolean {
  return /^[0-9a-f]{32}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(nativeId);
}

function judgeRun(run: ToldRun, told: Told, sights: Sights): readonly Row[] {
  const changes = told.runs
    .flatMap(({ steps }) => steps.flatMap((step) => step.changes))
    .filter(({ outcome }) => outcome?.is === 'done' || outcome?.is === 'already');
  const lastWord = new Map(
    changes
      .toSorted((a, b) => (a.sentAt ?? '').localeCompare(b.sentAt ?? ''))
      .flatMap((change) => keysOf(change).map((key) => [key, change.changeId])),
  );
  const steps = run.steps.map((step) => {
    const what = `${run.workflow}, ${step.stepId}`;
    const words = `${step.state}${step.summary === '' ? '' : `: ${step.summary}`}`;
    if (!doneWell.has(step.state)) return { what, told: words, verdict: 'differs', found: 'the step did not come through' } as const;
    const judged = step.changes.flatMap((change) => {
      const place = keyOf(accountOf(told, change));
      if (!changes.some(({ changeId }) => changeId === change.changeId) || !sights.has(place)) return [];
      return [judgeChange(change, sights.get(place), (key) => lastWord.get(key) === change.changeId)];
    });
    return together(what, words, judged.length === 0 ? [{ verdict: 'not seen', found: 'nothing that could be looked at' }] : judged);
  });
  if (endedWell.has(run.state) || run.state === 'planned') return steps;
  return [
    ...steps,
    { what: run.workflow, told: `${run.state}: ${run.note ?? ''}`, verdict: 'differs', found: 'the run did not come to its end' },
  ];
}

/** The one account with the employee id is the one that Gatehouse has linked, and stands as it is to stand. */
async function judgeTarget({ told, workerId, standing }: Judged, eye: Eye, sights: Sights): Promise<readonly Row[]> {
  const linked = told.accounts.filter(({ target }) => target.startsWith(`${eye.kind}:`));
  const found = await eye.find(workerId);
  if (standing === 'gone')
    return [
      {
        what: `${eye.kind}: accounts of ${workerId}`,
        told: 'none',
        verdict: found.length === 0 ? 'agrees' : 'differs',
        found: `${found.length} found`,
      },
    ];
  const rows: Row[] = linked.map(({ target, nativeId }) => {
    const sight = sights.get(keyOf({ target, nativeId }));
    const problems = sight === undefined ? [`no account ${nativeId}`] : standing === 'open' ? problemsOfOpen(sight) : problemsOfShut(sight);
    return {
      what: `${target}: the account as a whole`,
      told: standing,
      verdict: problems.length === 0 ? 'agrees' : 'differs',
      found: problems.join('; ') || standing,
    };
  });
  const isOne =
    linked.length === found.length && linked.every(({ nativeId }) => found.some((id) => id.toLowerCase() === nativeId.toLowerCase()));
  const words = (count: number): string => `${count} account${count === 1 ? '' : 's'}`;
  return [
    ...rows,
    {
      what: `${eye.kind}: accounts of ${workerId}`,
      told: words(linked.length),
      verdict: isOne ? 'agrees' : 'differs',
      found: words(found.length),
    },
  ];
}

function problemsOfOpen({ enabled }: Sight): readonly string[] {
  return enabled ? [] : ['it is not enabled'];
}

function problemsOfShut({ enabled, groups, licences, ways }: Sight): readonly string[] {
  const left = [
    groups.length > 0 && `${groups.length} groups`,
    licences.length > 0 && `${licences.length} licences`,
    ways.length > 0 && ways.join(', '),
  ];
  return [...(enabled ? ['it is enabled'] : []), ...left.filter((one) => one !== false).map((one) => `${one} left`)];
}

function eyeOf(eyes: readonly Eye[], target: string): Eye | undefined {
  return eyes.find(({ kind }) => target.startsWith(`${kind}:`));
}
