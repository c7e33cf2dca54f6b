import { createHash } from 'node:crypto';
import type { PersonId } from '../../domain/ids.ts';
import { GatehouseError } from '../../errors.ts';
import type { StoredPlan } from '../../ports/registry/plans.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { OperationDeps } from '../deps.ts';
import { personLine, type PersonPlan, planText } from './plan-body.ts';
import { planPerson } from './plan-person.ts';
import { type Tally, tally } from './tally.ts';
import { type Family, workflowsNamed } from './workflows-named.ts';

/** A dry run that is asked for: a workflow's id or a trigger, and for whom. `everyone`: all who are there now. */
export type PlanDemand = { readonly workflow: string; readonly people: readonly PersonId[] | 'everyone'; readonly actor: string };

const atOnce = 4;
const page = 200;
const there: ReadonlySet<string> = new Set(['active', 'leave', 'leaving']);

/**
 * Plans what a workflow would do for each of the people, keeps it and answers it. Targets are read and nothing is written to them; no name is reserved. The hash is over the changes, each bound to what was seen
 * before it: the same plan of the same world has the same hash. Throws `not-found` for a name that no workflow has.
 */
export async function makePlan(deps: OperationDeps, { workflow, people, actor }: PlanDemand): Promise<StoredPlan> {
  const family = workflowsNamed(deps, workflow);
  const [first] = family.starts;
  if (first === undefined) throw new GatehouseError('not-found', `There is no workflow “${workflow}”.`);
  const making: Making = { family, actor, counts: tally(), digest: createHash('sha256'), lines: [], kept: [], looked: 0 };
  const pages = people === 'everyone' ? everyone(deps) : chunks(people);
  for await (const ids of pages) await addPeople(deps, ids, making, people !== 'everyone');
  for (const { hash, definition } of [...family.starts, ...family.follows])
    await deps.registry.stores.runs.saveDefinition(hash, canonicalJson(definition));
  const { counts, lines, kept, looked } = making;
  const about = {
    workflow,
    people: looked,
    peopleWithChanges: counts.peopleWithChanges(),
    summary: counts.summary(),
    brakes: await counts.brakes(deps),
    later: family.later.map(({ id, definition }) => `${id}, ${definition.trigger.startDaysAfter ?? 0} days later`),
  };
  const plan: StoredPlan = {
    id: deps.ids.next(),
    hash: making.digest.digest('hex'),
    workflow,
    definitionHash: first.hash,
    people: kept,
    body: planText(about, lines),
    askedBy: actor,
    at: deps.clock.now(),
  };
  await deps.registry.transaction(async (stores) => {
    await stores.plans.keep(plan);
    const detail = { planId: plan.id, hash: plan.hash, workflow, people: looked };
    const [only] = kept;
    const personId = kept.length === 1 && only !== undefined ? only : null;
    await stores.audit.append([{ at: plan.at, actor, action: 'plan.made', personId, runId: null, target: null, detail }]);
  });
  return plan;
}

type Making = {
  readonly family: Family;
  readonly actor: string;
  readonly counts: Tally;
  readonly digest: ReturnType<typeof createHash>;
  readonly lines: string[];
  readonly kept: PersonId[];
  looked: number;
};

/** A few at once; of a whole company only those for whom there is something to do are kept. */
async function addPeople(deps: OperationDeps, ids: readonly PersonId[], making: Making, keepAll: boolean): Promise<void> {
  for (let from = 0; from < ids.length; from += atOnce) {
    const plans = await Promise.all(ids.slice(from, from + atOnce).map((id) => planPerson(deps, id, making.family, making.actor)));
    for (const plan of plans) {
      making.looked += 1;
      making.counts.add(plan);
      if (!keepAll && !isEventful(plan)) continue;
      making.digest.update(`${canonicalJson(boundPart(plan))}\n`);
      making.lines.push(personLine(plan));
      making.kept.push(plan.personId);
    }
  }
}

function isEventful({ workflows }: PersonPlan): boolean {
  return workflows.some(({ steps }) =>
    steps.some(({ is, changes, findings }) => changes.length > 0 || findings.length > 0 || is === 'held' || is === 'failed'),
  );
}

/** What the hash is over: the changes with what was seen before them, and the version of the workflow; not the words about them, nor what the gate would say today. */
function boundPart({ personId, workflows }: PersonPlan): unknown {
  return [
    personId,
    workflows.map(({ workflow, definitionHash, steps }) => [
      workflow,
      definitionHash,
      steps.map(({ stepId, changes, findings }) => [
        stepId,
        changes.map(({ change }) => ({ ...change, cause: null })),
        findings.map(({ target, id, how }) => [target, id, how]),
      ]),
    ]),
  ];
}

async function* everyone(deps: OperationDeps): AsyncGenerator<readonly PersonId[]> {
  for (let after = ''; ;) {
    const people = await deps.registry.stores.people.list(after, page);
    yield people.filter(({ standing }) => there.has(standing)).map(({ id }) => id);
    const last = people.at(-1);
    if (last === undefined || people.length < page) return;
    after = last.id;
  }
}

async function* chunks(people: readonly PersonId[]): AsyncGenerator<readonly PersonId[]> {
  yield await Promise.resolve(people);
}
