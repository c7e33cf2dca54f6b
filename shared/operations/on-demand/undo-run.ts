import { createHash } from 'node:crypto';
import type { Run } from '../../ports/registry/runs.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { OperationDeps } from '../deps.ts';
import { runOf } from '../run-of.ts';
import { beginAnew, lockPerson, needReason } from './begin-anew.ts';
import { type MayUndo, refuseProtected } from './refuse-protected.ts';
import { needState, noteAction, type RunAction, runNamed } from './run-action.ts';
import { undoDefinition, undoWorkflow } from './undo-definition.ts';

/**
 * Plans a run that takes back what another did: from the recorded values before, only where the actual value is still what was left, and by today's rules, which the gate knows. Forbidden for somebody who holds a
 * privilege in any target: where that cannot be read, the reading throws and nothing is undone; `mayUndo` is for a process that has no targets to read. Throws `wrong-state` for a run that is not over.
 */
export async function undoRun(
  deps: OperationDeps,
  { runId, actor, reason }: RunAction,
  mayUndo: MayUndo = (personId) => refuseProtected(deps, personId),
): Promise<readonly Run[]> {
  needReason(reason);
  const { stores } = deps.registry;
  const run = await runNamed(stores, runId);
  needState(
    run,
    ['done', 'done-with-gaps', 'failed', 'unknown', 'cancelled', 'superseded', 'held'],
    'only one that is over can be taken back; cancel it first',
  );
  await mayUndo(run.personId);
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
