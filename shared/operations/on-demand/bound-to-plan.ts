import type { Change, Finding, Outcome, Plan } from '../../domain/change.ts';
import { primaryLink, type AccountLink } from '../../domain/subject.ts';
import type { IntentRow } from '../../ports/registry/intents.ts';
import type { Run } from '../../ports/registry/runs.ts';
import type { TaskStep } from '../../workflows/definition.ts';
import type { OperationDeps } from '../deps.ts';
import { compared, inWords, sameThing } from './compared.ts';
import { isStandIn } from './imagined.ts';
import type { PlannedStep } from './plan-body.ts';
import { planPart } from './plan-part.ts';

/** What of a plan may be done, what of it is refused because the world has moved since the run's own plan was shown, and what is not to be done any more, in words. */
export type Bound = { readonly plan: Plan; readonly refused: readonly Outcome[]; readonly notes: readonly string[] };

/**
 * Of a run that is bound to a plan, lets through only what stands in that plan with the same values before and after; any other change is refused, one by one, with the object and what differs. A
 * run that is bound to none is let be.
 */
export async function boundToPlan(
  deps: OperationDeps,
  plan: Plan,
  { run, step }: { readonly run: Run; readonly step: TaskStep },
): Promise<Bound> {
  if (run.planId === null) return { plan, refused: [], notes: [] };
  const part = await planPart(deps, run.planId, run);
  const shown = part?.steps.find(({ stepId }) => stepId === step.id);
  const links = await deps.registry.stores.links.of(run.personId);
  const refused: Outcome[] = [];
  const changes = plan.changes.filter((change) => {
    const why = part === undefined ? 'the plan knows nothing of this version of the workflow' : whyMoved(change, part.steps, shown, links);
    if (why !== undefined) refused.push(movedOn(`${inWords(change)}: ${why}.`));
    return why === undefined;
  });
  const findings = plan.findings.filter((finding) => {
    const isShown = shown?.findings.some((one) => isSameFinding(one, finding)) === true;
    if (!isShown) refused.push(movedOn(`An account ${finding.id} in ${finding.target} was not there at the plan (${finding.how}).`));
    return isShown;
  });
  const rows = (await deps.registry.stores.intents.of(run.id)).filter(({ stepId }) => stepId === step.id);
  const notes = plan.findings.length > 0 || plan.waiting !== undefined ? [] : noLonger(shown, { changes: plan.changes, rows, links });
  return { plan: { ...plan, changes, findings }, refused, notes };
}

/** What the plan shows may be done by this step or by one before it: a later step looks again at what earlier ones did. */
function whyMoved(
  change: Change,
  steps: readonly PlannedStep[],
  shown: PlannedStep | undefined,
  links: readonly AccountLink[],
): string | undefined {
  const upToHere = steps.slice(0, steps.findIndex((one) => one === shown) + 1);
  const candidates = upToHere.flatMap(({ changes }) => changes).map((one) => ({ ...one, change: resolved(one.change, links) }));
  const same = candidates.filter((one) => sameThing(one.change, change));
  if (same.length === 0) return 'it was not to be done at the plan';
  const reasons = same.map((one) => compared(one, change));
  return reasons.includes(undefined) ? undefined : reasons[0];
}

/** The plan's references to accounts that are there by now. */
function resolved(change: Change, links: readonly AccountLink[]): Change {
  const { object } = change;
  const link = 'accountIn' in object && change.do !== 'create' ? primaryLink(links, object.accountIn) : undefined;
  return link === undefined ? change : { ...change, object: { id: link.nativeId } };
}

function isSameFinding(shown: Finding, finding: Finding): boolean {
  return shown.target === finding.target && shown.how === finding.how && (shown.id === finding.id || isStandIn(shown.id));
}

type Now = { readonly changes: readonly Change[]; readonly rows: readonly IntentRow[]; readonly links: readonly AccountLink[] };

/** What the plan showed and nobody needs to do any more: somebody else has done it since. */
function noLonger(shown: PlannedStep | undefined, { changes, rows, links }: Now): readonly string[] {
  const known = [...changes, ...rows.map(({ change }) => change)];
  return (shown?.changes ?? [])
    .filter(({ verdict }) => verdict.is === 'would')
    .map(({ change }) => resolved(change, links))
    .filter((change) => !known.some((one) => sameThing(change, one)))
    .map((change) => `so already, without us: ${inWords(change)}`);
}

function movedOn(message: string): Outcome {
  return { is: 'refused', reason: { code: 'moved-on', message } };
}
