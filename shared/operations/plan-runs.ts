import { isThere } from '../domain/standing/standing-of.ts';
import type { SourceId } from '../domain/ids.ts';
import type { Hold } from '../ports/registry/records.ts';
import type { Stores } from '../ports/registry/registry.ts';
import type { Run } from '../ports/registry/runs.ts';
import { triggerEvents } from '../workflows/definition.ts';
import type { MatchedWorkflow, OperationDeps } from './deps.ts';
import { liftHrLocks, opensAgain } from './holds/lift-hr-locks.ts';
import { markEndedAccess } from './standing/ended-access.ts';
import { type History, historyOf } from './standing/history-of.ts';
import { planAgain, planWanted, type WantedRun } from './standing/replan.ts';
import { isTakenUpByJoining, type Situation, stillApplies, wantedTriggers } from './standing/wanted-triggers.ts';
import { workflowsDue } from './standing/workflows-due.ts';

/** What has become known of a person. `isNew`: they were made in the same transaction, so that nothing about them is under way. */
export type Occasion = Omit<Situation, 'history'> & {
  readonly source: SourceId;
  readonly personId: string;
  readonly isNew: boolean;
  readonly cause: string;
  readonly batchId: string | null;
};

/** The epoch of a person who has just become known. */
export const firstEpoch = 1;

const untouched: History = { isRealised: false, isLeaverBegun: false, isContainBegun: false };

/**
 * Plans the runs that follow from what has become known of a person, in the transaction that learnt of it: what that sets off, and anew whatever was not finished and still applies. What was under way
 * is superseded by raising the epoch. Answers in words what is planned.
 */
export async function planRuns(deps: OperationDeps, stores: Stores, occasion: Occasion): Promise<string> {
  const { personId, isNew, source, stance } = occasion;
  if (occasion.meaning.kinds.length === 0) return 'nothing new';
  const mode = deps.rules.modeOf(source);
  if (mode !== 'enforce') return `recorded only: ${source} is in ${mode}`;
  const unfinished = isNew ? [] : await stores.runs.unfinishedOf(personId);
  const history = isNew ? untouched : await historyOf(stores, personId);
  const wanted = await wantedRuns(deps, stores, { ...occasion, history }, unfinished);
  const questions = await questionsAbout(stores, unfinished);
  const epoch = isNew ? firstEpoch : await supersede(deps, stores, personId);
  const setting = { personId, epoch, cause: occasion.cause, askedBy: `source:${source}`, batchId: occasion.batchId, questions };
  const asked = unfinished.filter(isAskedFor);
  const planned: Run[] = [];
  for (const run of wanted) planned.push(await planWanted(deps, stores, run, setting));
  // HR's own lock ends with HR's word that somebody is to have access, once what opens it again may begin.
  if (isThere(stance) && !isNew && planned.some(opensAgain)) await liftHrLocks(deps, stores, [personId]);
  for (const run of asked) await planAgain(deps, stores, run, setting);
  const names = [...wanted.map(({ workflow }) => workflow.id), ...asked.map(({ workflow }) => workflow)];
  return names.length === 0 ? 'recorded; no workflow is set off' : `plans ${names.join(', ')}`;
}

/** What waits for a decision about runs whose place others take. */
export async function questionsAbout(stores: Stores, runs: readonly Run[]): Promise<ReadonlyMap<string, readonly Hold[]>> {
  const found = new Map<string, readonly Hold[]>();
  for (const { id, state } of runs) if (state === 'held') found.set(id, await stores.holds.openAbout(id));
  return found;
}

/** Runs of an older epoch stop. */
export async function supersede(deps: OperationDeps, stores: Stores, personId: string): Promise<number> {
  const epoch = await stores.people.raiseEpoch(personId);
  await stores.runs.supersede(personId, epoch, deps.clock.now());
  await stores.holds.resolveRunsOf(personId, deps.clock.now());
  return epoch;
}

/** What somebody, and not a source, asked for is theirs to take back. */
function isAskedFor({ askedBy }: Run): boolean {
  return askedBy.startsWith('token:');
}

async function wantedRuns(
  deps: OperationDeps,
  stores: Stores,
  situation: Occasion & { readonly history: History },
  unfinished: readonly Run[],
): Promise<readonly WantedRun[]> {
  const { stance, personId } = situation;
  const worker = stance.leading?.worker;
  if (worker === undefined) return [];
  const set = wantedTriggers(situation);
  const left = unfinished.filter((run) => !isAskedFor(run) && run.trigger !== 'access-ends' && stillApplies(run.trigger, stance));
  const isJoining = [...set, ...left.map(({ trigger }) => trigger)].some((trigger) => trigger === 'joiner' || trigger === 'rehire');
  const isNeeded = (trigger: string) =>
    !(isJoining && isTakenUpByJoining(trigger)) && (situation.history.isRealised || isOfTheBeginning(trigger, set));
  const rest = triggerEvents.filter((trigger) => !set.includes(trigger) && left.some((run) => run.trigger === trigger));
  const found = [...set, ...rest].filter(isNeeded).flatMap((trigger) => {
    const before = left.filter((run) => run.trigger === trigger);
    return workflowsDue(deps, trigger, worker, stance.endsAt)
      .filter(({ id }, _, all) => set.includes(trigger) || goesOn(id, all, before))
      .map((workflow): WantedRun => ({ workflow, instead: before.find((run) => run.workflow === workflow.id) ?? before[0] }));
  });
  const ended = isThere(stance) && stance.standing !== 'coming' ? await markEndedAccess(deps, stores, personId, worker) : undefined;
  const atGrace =
    ended === undefined ? [] : deps.rules.workflowsFor('access-ends', worker).map((workflow) => ({ ...workflow, dueAt: ended }));
  const waiting = unfinished.find(({ trigger }) => trigger === 'access-ends');
  return [...withoutRepeats(found), ...atGrace.map((workflow) => ({ workflow, instead: waiting }))];
}

/** Before anything was carried out, how somebody stands says all that is wanted; only what others are told of goes on besides. */
function isOfTheBeginning(trigger: string, set: readonly string[]): boolean {
  return (
    set.includes(trigger) ||
    trigger === 'held' ||
    trigger === 'approval-needed' ||
    trigger.startsWith('manager-') ||
    trigger === 'contained' ||
    trigger === 'stripped'
  );
}

/** Of several workflows of one trigger only those that were not finished go on; all where none of them fits any more. */
function goesOn(id: string, all: readonly MatchedWorkflow[], before: readonly Run[]): boolean {
  const unfinished = new Set(before.map((run) => run.workflow));
  return unfinished.has(id) || !all.some((other) => unfinished.has(other.id));
}

/** A workflow is planned once, whichever triggers want it. */
function withoutRepeats(runs: readonly WantedRun[]): readonly WantedRun[] {
  return runs.filter(({ workflow }, index) => runs.findIndex((other) => other.workflow.id === workflow.id) === index);
}
