import type { Hold } from '../../ports/registry/records.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { Run } from '../../ports/registry/runs.ts';
import { admitRun } from '../admission/admit-run.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { MatchedWorkflow, OperationDeps } from '../deps.ts';
import { runOf } from '../run-of.ts';
import { leaverStages } from './history-of.ts';

/** A run that is wanted, and the unfinished one whose place it takes, where there is one. */
export type WantedRun = { readonly workflow: MatchedWorkflow; readonly instead: Run | undefined };
export type Setting = {
  readonly personId: string;
  readonly epoch: number;
  readonly cause: string;
  readonly askedBy: string;
  /** The batch of the event that sets it off. */
  readonly batchId: string | null;
  /** What was open about the runs whose place others take, by the id of the run. */
  readonly questions: ReadonlyMap<string, readonly Hold[]>;
};

/**
 * Plans the run. What takes the place of a run that a brake holds stays held, and what waits for its batch goes on waiting; what was admitted is not asked again, unless it is to be done
 * earlier than what was admitted. Answers the run as it stands then.
 */
export async function planWanted(deps: OperationDeps, stores: Stores, { workflow, instead }: WantedRun, setting: Setting): Promise<Run> {
  await stores.runs.saveDefinition(workflow.hash, canonicalJson(workflow.definition));
  const fresh = runOf(deps, { ...setting, workflow });
  const isEarlier = instead?.attempt === 0 && fresh.dueAt < instead.dueAt;
  if (instead !== undefined && staysHeld(instead)) return stayHeld(deps, stores, { from: instead, to: fresh, setting });
  if (instead !== undefined && (!isEarlier || instead.state === 'pending'))
    return plan(stores, { ...fresh, ...carriedOn(instead), state: instead.state === 'pending' ? 'pending' : 'planned' });
  if (setting.batchId !== null) return plan(stores, { ...fresh, batchId: setting.batchId, state: 'pending' });
  return admitRun(deps, stores, fresh);
}

async function plan(stores: Stores, run: Run): Promise<Run> {
  await stores.runs.plan(run);
  return run;
}

/** A run that somebody asked for is planned again as it was asked for. */
export async function planAgain(deps: OperationDeps, stores: Stores, run: Run, setting: Setting): Promise<void> {
  const state = run.state === 'held' || run.state === 'pending' ? run.state : 'planned';
  const again: Run = {
    ...run,
    id: deps.ids.next(),
    epoch: setting.epoch,
    state,
    attempt: 0,
    startedAt: null,
    endedAt: null,
    createdAt: deps.clock.now(),
  };
  await stores.runs.plan(again);
  await askAgain(deps, stores, { from: run, to: again, setting });
}

type CarriedOn = Pick<Run, 'batchId' | 'askedBy' | 'releasedBy'>;

function carriedOn({ batchId, askedBy, releasedBy }: Run): CarriedOn {
  return { batchId, askedBy, releasedBy };
}

/** Whatever a brake holds before it began, and every stage of leaving that is held: a correction releases nothing. */
function staysHeld({ state, attempt, trigger }: Run): boolean {
  return state === 'held' && (attempt === 0 || leaverStages.has(trigger));
}

type Moving = { readonly from: Run; readonly to: Run; readonly setting: Setting };

async function stayHeld(deps: OperationDeps, stores: Stores, { from, to, setting }: Moving): Promise<Run> {
  const held = await plan(stores, { ...to, ...carriedOn(from), state: 'held', note: from.note });
  await askAgain(deps, stores, { from, to, setting });
  return held;
}

/** The question stays open, about the new run. A run of a batch that is held has none of its own. */
async function askAgain(deps: OperationDeps, stores: Stores, { from, to, setting }: Moving): Promise<void> {
  for (const hold of setting.questions.get(from.id) ?? []) await stores.holds.add({ ...hold, id: deps.ids.next(), reference: to.id });
}
