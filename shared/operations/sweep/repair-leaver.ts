import type { PersonId } from '../../domain/ids.ts';
import type { Person } from '../../ports/registry/people.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { Run } from '../../ports/registry/runs.ts';
import type { Worker } from '../../domain/worker.ts';
import { admitRun } from '../admission/admit-run.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { MatchedWorkflow, OperationDeps } from '../deps.ts';
import { raiseHold } from '../holds/raise-hold.ts';
import { runOf } from '../run-of.ts';
import { leading } from '../subject-of.ts';
import type { OpenThing } from './open-things.ts';
import { nothing, type Tally } from './tally.ts';
import { undoneMessage } from './undone-message.ts';

/** Things of one person that were found open. */
export type Finding = { readonly personId: PersonId; readonly sweepId: string; readonly things: readonly OpenThing[] };

/** So often is the same thing closed again; from then on people have to look who or what opens it. */
const mostRepairs = 3;

/**
 * Plans a run that closes what was found open of somebody who has left, through the gate and its brakes like any other, or raises what cannot or may not be repaired. One transaction, with the person locked: whatever is under
 * way for them, or held, is not planned a second time. Where source, target or workflow are not in enforce, it is found, and that is all.
 */
export function repairLeaver(deps: OperationDeps, finding: Finding): Promise<Tally> {
  const { personId, things } = finding;
  const found = things.length;
  return deps.registry.transaction(async (stores) => {
    const person = await stores.people.lock(personId, 'update');
    const engagement = leading(await stores.people.engagements(personId), deps);
    if (person === undefined || engagement === undefined || !hasLeft(person, deps.clock.now())) return nothing;
    if (deps.rules.modeOf(engagement.source) !== 'enforce') return { ...nothing, found };
    const enforced = things.filter(({ target }) => deps.gate.policy.mode(target) === 'enforce');
    const sorted = await sort(deps, stores, personId, enforced);
    const raised = await raiseAll(deps, stores, { person, sorted });
    const planned = await plan(deps, stores, { person, worker: engagement.worker, sweepId: finding.sweepId, things: sorted.fresh });
    return { looked: 0, found, repaired: planned.repaired, raised: raised + planned.raised };
  });
}

/** Access has ended, also where a hire was withdrawn. */
export function hasLeft({ endsAt }: Pick<Person, 'endsAt'>, now: number): boolean {
  return endsAt !== null && endsAt <= now;
}

type Sorted = { readonly fresh: readonly OpenThing[]; readonly undone: readonly OpenThing[]; readonly outOfReach: readonly OpenThing[] };

async function sort(deps: OperationDeps, stores: Stores, personId: PersonId, things: readonly OpenThing[]): Promise<Sorted> {
  const repairs = new Map((await stores.sweeps.repairsOf(personId)).map(({ target, thing, times }) => [`${target} ${thing}`, times]));
  const isOutOfReach = ({ target, thing, removable }: OpenThing) => {
    const [, account] = /^account\/(.+)$/.exec(thing) ?? [];
    return !removable || (account !== undefined && deps.gate.policy.isBreakGlass(target, account));
  };
  const reachable = things.filter((one) => !isOutOfReach(one));
  const isUndone = ({ target, thing }: OpenThing) => (repairs.get(`${target} ${thing}`) ?? 0) >= mostRepairs;
  return {
    fresh: reachable.filter((one) => !isUndone(one)),
    undone: reachable.filter(isUndone),
    outOfReach: things.filter(isOutOfReach),
  };
}

type Raising = { readonly person: Person; readonly sorted: Sorted };

async function raiseAll(deps: OperationDeps, stores: Stores, { person, sorted }: Raising): Promise<number> {
  for (const one of sorted.outOfReach) {
    const message = `${person.displayName} has left, and in ${one.target} there is still ${one.words}. Gatehouse may not close it: somebody has to.`;
    await raise(deps, stores, { person, one, code: 'left-open', message });
  }
  for (const one of sorted.undone) {
    const message = await undoneMessage(stores, person, one);
    await raise(deps, stores, { person, one, code: 'repaired-too-often', message });
  }
  return sorted.outOfReach.length + sorted.undone.length;
}

type Raised = { readonly person: Person; readonly one: OpenThing; readonly code: string; readonly message: string };

/** A question that is open already stays as it is, and nobody is told of it again. */
async function raise(deps: OperationDeps, stores: Stores, { person, one, code, message }: Raised): Promise<void> {
  const reference = `sweep/${person.id}/${one.target}/${one.thing}`;
  if ((await stores.holds.openAbout(reference)).some((hold) => hold.code === code)) return;
  await raiseHold(deps, stores, { kind: 'change', reference, personId: person.id, code, message });
}

type Planning = { readonly person: Person; readonly worker: Worker; readonly sweepId: string; readonly things: readonly OpenThing[] };
type Planned = Pick<Tally, 'repaired' | 'raised'>;

async function plan(deps: OperationDeps, stores: Stores, planning: Planning): Promise<Planned> {
  const { person, worker, sweepId, things } = planning;
  if (things.length === 0) return { repaired: 0, raised: 0 };
  const isAccountOpen = things.some(({ isAccount }) => isAccount);
  const underWay = (await stores.runs.unfinishedOf(person.id)).filter((run) => closes(run, isAccountOpen));
  // What a brake or an approval holds is for people to decide, and was raised when it was held.
  if (underWay.length > 0) return { repaired: 0, raised: underWay.some(({ state }) => state === 'held') ? things.length : 0 };
  const workflows = workflowsThatClose(deps, worker, isAccountOpen);
  const [first] = things;
  if (workflows.length === 0 && first !== undefined) {
    const message = `${person.displayName} has left, and in ${first.target} there is still ${first.words}. No workflow in enforce closes it.`;
    await raise(deps, stores, { person, one: first, code: 'left-open', message });
    return { repaired: 0, raised: things.length };
  }
  let isHeld = false;
  for (const workflow of workflows) isHeld = (await planOne(deps, stores, planning, workflow)).state === 'held' || isHeld;
  if (isHeld) return { repaired: 0, raised: things.length };
  const at = deps.clock.now();
  for (const { target, thing } of things) await stores.sweeps.countRepair({ personId: person.id, target, thing }, at);
  const detail = { sweepId, things: things.map(({ target, thing }) => `${target} ${thing}`) };
  await stores.audit.append([{ at, actor: 'sweep', action: 'sweep.repair', personId: person.id, runId: null, target: null, detail }]);
  return { repaired: things.length, raised: 0 };
}

/** Whether the unfinished run will close what is open: closing access is followed by taking it away. */
function closes({ lane, trigger }: Run, isAccountOpen: boolean): boolean {
  return lane === 'contain' || (!isAccountOpen && trigger === 'contained');
}

function workflowsThatClose({ rules }: OperationDeps, worker: Worker, isAccountOpen: boolean): readonly MatchedWorkflow[] {
  if (!isAccountOpen) return rules.workflowsFor('contained', worker);
  return rules.workflowsFor('leaver', worker).filter(({ definition }) => definition.lane === 'contain');
}

async function planOne(deps: OperationDeps, stores: Stores, { person, sweepId }: Planning, workflow: MatchedWorkflow): Promise<Run> {
  await stores.runs.saveDefinition(workflow.hash, canonicalJson(workflow.definition));
  const wanted = {
    workflow: { ...workflow, dueAt: 0 },
    personId: person.id,
    epoch: person.epoch,
    cause: `sweep:${sweepId}`,
    askedBy: 'sweep',
  };
  return admitRun(deps, stores, runOf(deps, wanted));
}
