import type { Attributes, Change, Ref, Value } from '../../domain/change.ts';
import { GatehouseError } from '../../errors.ts';
import type { Registry } from '../../ports/registry/registry.ts';
import type { StoredPlan } from '../../ports/registry/plans.ts';
import { isStandIn } from './imagined.ts';
import { type PersonPlan, type PlanHead, type PlannedChange, type PlannedStep, readPerson, readPlan, type Verdict } from './plan-body.ts';

type Where = { readonly personId: string; readonly displayName: string; readonly workflow: string; readonly step: string };

/** One change of a plan as it is shown. `before` is what was observed, null where the object comes into being by the plan; its names are tentative then. */
export type ChangeRow = Where & {
  readonly target: string;
  readonly do: Change['do'];
  readonly kind: Change['kind'];
  readonly effect: Change['effect'];
  readonly what: string;
  readonly object: string;
  readonly before: Attributes | null;
  readonly after: Attributes | null;
  readonly isTentative: boolean;
  readonly verdict: Verdict;
};

/** Whatever else a plan says of a step: what is found, skipped, waited for or held, and why. */
export type RemarkRow = Where & {
  readonly is: 'finds' | 'skips' | 'waits' | 'held' | 'failed';
  readonly target: string | null;
  readonly message: string;
};

/** A plan as the API shows it, with the people of one page. */
export type PlanView = PlanHead & {
  readonly planId: string;
  readonly hash: string;
  readonly at: string;
  readonly askedBy: string;
  readonly changes: readonly ChangeRow[];
  readonly remarks: readonly RemarkRow[];
  /** People for whom nothing would be begun, and why. */
  readonly outside: readonly { readonly personId: string; readonly displayName: string; readonly reason: string }[];
  /** Where the next page begins; null on the last one. */
  readonly next: number | null;
};

/** A kept plan with so many of its people from a place on. Throws `not-found`. */
export async function planView(
  registry: Registry,
  planId: string,
  page: { readonly from: number; readonly limit: number },
): Promise<PlanView> {
  const plan = await registry.stores.plans.byId(planId);
  if (plan === undefined) throw new GatehouseError('not-found', `There is no plan ${planId}.`);
  return viewOfPlan(plan, page);
}

export function viewOfPlan(plan: StoredPlan, { from, limit }: { readonly from: number; readonly limit: number }): PlanView {
  const { head, lines } = readPlan(plan.body);
  const people = lines.slice(from, from + limit).map(readPerson);
  return {
    planId: plan.id,
    hash: plan.hash,
    at: new Date(plan.at).toISOString(),
    askedBy: plan.askedBy,
    ...head,
    changes: people.flatMap((one) => rowsOf(one, (where, { changes }) => changes.map((change) => changeRow(where, change)))),
    remarks: people.flatMap((one) => rowsOf(one, remarkRows)),
    outside: people.flatMap(({ personId, displayName, note }) => (note === null ? [] : [{ personId, displayName, reason: note }])),
    next: from + limit < lines.length ? from + limit : null,
  };
}

function rowsOf<Row>(
  { personId, displayName, workflows }: PersonPlan,
  rows: (where: Where, step: PlannedStep) => readonly Row[],
): readonly Row[] {
  return workflows.flatMap(({ workflow, steps }) =>
    steps.flatMap((step) => rows({ personId, displayName, workflow, step: step.stepId }, step)),
  );
}

function changeRow(where: Where, { change, isNew, verdict }: PlannedChange): ChangeRow {
  const { target, kind, effect, cause } = change;
  return {
    ...where,
    target,
    do: change.do,
    kind,
    effect,
    what: cause.message,
    object: refText(change.object),
    before: isNew ? null : beforeOf(change),
    after: afterOf(change),
    isTentative: isNew,
    verdict,
  };
}

function remarkRows(where: Where, { is, note, findings, skips }: PlannedStep): readonly RemarkRow[] {
  const found = findings.map(({ target, id, how, cause }): RemarkRow => ({
    ...where,
    is: 'finds',
    target,
    message: `account ${isStandIn(id) ? '(not there yet)' : id}, ${how}: ${cause.message}`,
  }));
  const skipped = skips.map(({ target, reason }): RemarkRow => ({ ...where, is: 'skips', target, message: reason.message }));
  const isSaid = note !== null && (is === 'waits' || is === 'held' || is === 'failed');
  return [...found, ...skipped, ...(isSaid ? [{ ...where, is, target: null, message: note }] : [])];
}

function beforeOf(change: Change): Attributes | null {
  if ('before' in change) return change.before;
  return 'other' in change ? { [change.relation]: change.do === 'unlink' ? refText(change.other) : null } : null;
}

function afterOf(change: Change): Attributes | null {
  if ('after' in change) return shown(change.after);
  if ('other' in change) return { [change.relation]: change.do === 'link' ? refText(change.other) : null };
  return change.as === 'act' ? change.input : null;
}

/** A secret is only ever named, and a reference is what it stands for. */
function shown(attributes: Attributes): Attributes {
  const show = (value: Value): Value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    if ('secret' in value) return '(made when applied)';
    return 'id' in value || 'accountIn' in value ? refText(value) : value;
  };
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, show(value)]));
}

function refText(ref: Ref): string {
  return 'id' in ref ? ref.id : `(the new account in ${ref.accountIn})`;
}
