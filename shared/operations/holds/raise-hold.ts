import type { Hold } from '../../ports/registry/records.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { OperationDeps } from '../deps.ts';
import { canonicalJson } from '../canonical-json.ts';
import { runOf } from '../run-of.ts';
import { leading } from '../subject-of.ts';

/** A question for people, as whoever raises it knows it. */
export type Question = Pick<Hold, 'kind' | 'reference' | 'personId' | 'code' | 'message'>;

/** However many are held for one reason, the operators are told of it once an hour. */
const quietMs = 60 * 60_000;
const neededFor: Readonly<Record<string, number>> = { approval: 2 };

/**
 * Holds something until people have decided, in the writer's transaction, and sees that they are told: the operators of a brake, two approvers at once of somebody privileged
 * who leaves. The same question is asked, and told of, once; a batch is always told of.
 */
export async function raiseHold(deps: OperationDeps, stores: Stores, question: Question): Promise<void> {
  const at = deps.clock.now();
  const { code, personId } = question;
  const isKnown = code !== 'approval' && question.kind !== 'batch' && (await stores.holds.raisedSince(code, at - quietMs)) > 0;
  const id = deps.ids.next();
  if (!(await stores.holds.add({ ...question, id, at, approvals: neededFor[code] ?? 1 }))) return;
  const detail = { holdId: id, kind: question.kind, reference: question.reference, code };
  await stores.audit.append([{ at, actor: 'gatehouse', action: 'hold.raised', personId, runId: null, target: null, detail }]);
  if (personId !== null && !isKnown)
    await page(deps, stores, { personId, trigger: code === 'approval' ? 'approval-needed' : 'held', cause: `hold:${id}` });
}

type Page = { readonly personId: string; readonly trigger: 'held' | 'approval-needed'; readonly cause: string };

/** The mail is a run like any other: it passes the gate, and is sent once. */
async function page(deps: OperationDeps, stores: Stores, { personId, trigger, cause }: Page): Promise<void> {
  const person = await stores.people.byId(personId);
  const worker = leading(await stores.people.engagements(personId))?.worker;
  if (person === undefined || worker === undefined) return;
  for (const workflow of deps.rules.workflowsFor(trigger, worker)) {
    await stores.runs.saveDefinition(workflow.hash, canonicalJson(workflow.definition));
    await stores.runs.plan(runOf(deps, { workflow, personId, epoch: person.epoch, cause, askedBy: 'gatehouse' }));
  }
}
