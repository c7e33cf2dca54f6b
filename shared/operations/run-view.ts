import type { Attributes, Change, Outcome, Value } from '../domain/change.ts';
import type { IntentRow } from '../ports/registry/intents.ts';
import type { Run, StepRow } from '../ports/registry/runs.ts';
import type { Registry } from '../ports/registry/registry.ts';
import { runWithDefinition } from './claim-run.ts';
import { leavesOf } from './leaves-of.ts';

/** One change of a run: what it was to do, what was there before, and what came of it. */
export type ChangeView = {
  readonly changeId: string;
  readonly target: string;
  readonly do: Change['do'];
  readonly kind: Change['kind'];
  readonly effect: Change['effect'];
  readonly cause: Change['cause'];
  readonly object: string;
  readonly before: Attributes | null;
  readonly after: Attributes | null;
  readonly outcome: Outcome | null;
  readonly requestId: string | null;
  readonly sentAt: string | null;
};

/** One step of a run, done or still to come. */
export type StepView = Pick<StepRow, 'stepId' | 'task' | 'summary' | 'attempts' | 'gaps' | 'claim'> & {
  readonly state: StepRow['state'] | 'to-come';
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  readonly changes: readonly ChangeView[];
};

export type RunView = Omit<Run, 'dueAt' | 'createdAt' | 'startedAt' | 'endedAt'> & {
  readonly displayName: string;
  readonly dueAt: string;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly steps: readonly StepView[];
};

/** A run with every step of its definition, what each did and what came of it. Throws `not-found`. */
export async function runView(registry: Registry, runId: string): Promise<RunView> {
  const { run, definition } = await runWithDefinition(registry, runId);
  const person = await registry.stores.people.byId(run.personId);
  const rows = await registry.stores.steps.of(runId);
  const intents = await registry.stores.intents.of(runId);
  const steps = definition.steps
    .flatMap((step) => leavesOf(step))
    .map(({ step }) =>
      stepView(
        step.id,
        'task' in step ? step.task : 'wait',
        rows.find((row) => row.stepId === step.id),
        intents,
      ),
    );
  return { ...timed(run), displayName: person?.displayName ?? '', steps };
}

/** A run's own row, its times as instants. */
export function timed(run: Run): Omit<RunView, 'steps' | 'displayName'> {
  return {
    ...run,
    dueAt: instant(run.dueAt),
    createdAt: instant(run.createdAt),
    startedAt: maybe(run.startedAt),
    endedAt: maybe(run.endedAt),
  };
}

function stepView(stepId: string, task: string, row: StepRow | undefined, intents: readonly IntentRow[]): StepView {
  const changes = intents.filter((intent) => intent.stepId === stepId).map(changeView);
  if (row === undefined)
    return { stepId, task, state: 'to-come', summary: '', attempts: 0, gaps: 0, claim: null, firstAt: null, lastAt: null, changes };
  const { state, summary, attempts, gaps, claim } = row;
  return { stepId, task, state, summary, attempts, gaps, claim, firstAt: instant(row.firstAt), lastAt: instant(row.lastAt), changes };
}

function changeView({ changeId, change, observedBefore, outcome, requestId, sentAt, objectId }: IntentRow): ChangeView {
  const object = objectId ?? ('id' in change.object ? change.object.id : `the new account in ${change.object.accountIn}`);
  return {
    changeId,
    target: change.target,
    do: change.do,
    kind: change.kind,
    effect: change.effect,
    cause: change.cause,
    object,
    before: observedBefore ?? ('before' in change ? change.before : null),
    after: afterOf(change),
    outcome,
    requestId,
    sentAt: maybe(sentAt),
  };
}

function afterOf(change: Change): Attributes | null {
  if ('after' in change) return masked(change.after);
  if ('other' in change) return { [change.relation]: 'id' in change.other ? change.other.id : change.other.accountIn };
  return 'input' in change ? change.input : null;
}

/** Secrets were never in the change, only that there is one; people are shown just that. */
function masked(attributes: Attributes): Attributes {
  const show = (value: Value): Value => (typeof value === 'object' && value !== null && 'secret' in value ? '(made when applied)' : value);
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, show(value)]));
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

function maybe(at: number | null): string | null {
  return at === null ? null : instant(at);
}
