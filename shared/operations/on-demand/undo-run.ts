import { createHash } from 'node:crypto';
import { GatehouseError } from '../../errors.ts';
import type { Run } from '../../ports/registry/runs.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { OperationDeps } from '../deps.ts';
import { runOf } from '../run-of.ts';
import { beginAnew, lockPerson, needReason } from './begin-anew.ts';
import { needState, noteAction, type RunAction, runNamed } from './run-action.ts';
import { undoDefinition, undoWorkflow } from './undo-definition.ts';

const timeoutMs = 30_000;

/**
 * Plans a run that takes back what another did: from the recorded values before, only where the actual value is still what was left, and by today's rules, which the gate knows. Forbidden for somebody who holds a
 * privilege in any target: where that cannot be read, the reading throws and nothing is undone. Throws `wrong-state` for a run that is not over.
 */
export async function undoRun(deps: OperationDeps, { runId, actor, reason }: RunAction): Promise<readonly Run[]> {
  needReason(reason);
  const { stores } = deps.registry;
  const run = await runNamed(stores, runId);
  needState(
    run,
    ['done', 'done-with-gaps', 'failed', 'unknown', 'cancelled', 'superseded', 'held'],
    'only one that is over can be taken back; cancel it first',
  );
  await refuseProtected(deps, run.personId);
  return deps.registry.transaction(async (within) => {
    const { personId } = run;
    await lockPerson(within, personId);
    const definition = undoDefinition(runId);
    const body = canonicalJson(definition);
    const hash = createHash('sha256').update(body).digest('hex');
    await within.runs.saveDefinition(hash, body);
    const epoch = await beginAnew(deps, within, personId, (other) => other.definitionHash === hash);
    const workflow = { id: undoWorkflow, hash, definition, dueAt: 0 };
    const undoing = runOf(deps, { workflow, personId, epoch, cause: `undo:${runId}`, askedBy: actor });
    await within.runs.plan(undoing);
    await noteAction(deps, within, { run, action: 'run.undone', actor, reason, detail: { by: undoing.id } });
    return [undoing];
  });
}

async function refuseProtected(deps: OperationDeps, personId: string): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  for (const { target, nativeId } of await deps.registry.stores.links.of(personId)) {
    const isBreakGlass = deps.gate.policy.isBreakGlass(target, nativeId);
    const accounts = deps.targets.get(target)?.reads.accounts;
    const found = isBreakGlass ? undefined : await accounts?.byId(nativeId, signal);
    if (!isBreakGlass && (found === undefined || (await accounts?.isPrivileged(nativeId, signal)) !== true)) continue;
    throw new GatehouseError(
      'forbidden',
      `The account in ${target} is protected: what was done to it is taken back by hand, by two people.`,
    );
  }
}
