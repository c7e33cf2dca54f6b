import { writeFile } from 'node:fs/promises';
import { planAnswer, type PlanAnswer } from '../plan-answer.ts';
import { type Client, Refusal } from '../client.ts';
import { type NamedPeople, type PeopleOptions, readPeople, withLines } from '../read-people.ts';
import { planAsCsv, showPlan } from '../show-plan.ts';

export type PlanOptions = PeopleOptions & { readonly all?: boolean; readonly csvOut?: string };

/** Reading the accounts of a whole company takes its time. */
const patienceMs = 30 * 60_000;
const shownAtFirst = 50;
const pageSize = 500;

/** Plans what a workflow would do, and shows it; everything, or the first changes of a long plan. */
export async function showNewPlan(client: Client, workflow: string, options: PlanOptions): Promise<string> {
  const first = await makePlan(client, workflow, await readPeople(options));
  const isWhole = options.all === true || options.csvOut !== undefined;
  const plan = isWhole ? await restOf(client, first) : first;
  if (options.csvOut !== undefined) await writeFile(options.csvOut, planAsCsv(plan));
  const next = `gatehouse run --plan ${plan.planId} --hash ${plan.hash} --reason "…"`;
  const written = options.csvOut === undefined ? [] : [`All changes are in ${options.csvOut}.`];
  return [showPlan(plan, options.all === true ? Number.MAX_SAFE_INTEGER : shownAtFirst), ...written, `Carry it out: ${next}`].join('\n');
}

/** Has a plan made for the people. Throws in the API's words, for people of a file with their lines. */
export async function makePlan(client: Client, workflow: string, named: NamedPeople): Promise<PlanAnswer> {
  try {
    return planAnswer.parse(await client.post('/api/plans', { workflow, people: named.who }, patienceMs));
  } catch (error) {
    throw error instanceof Refusal ? withLines(error, named) : error;
  }
}

/** A plan that was made before. */
export async function readPlan(client: Client, planId: string): Promise<PlanAnswer> {
  return planAnswer.parse(await client.get(`/api/plans/${encodeURIComponent(planId)}`));
}

async function restOf(client: Client, first: PlanAnswer): Promise<PlanAnswer> {
  let plan = first;
  for (let from = first.next; from !== null;) {
    const path = `/api/plans/${encodeURIComponent(first.planId)}?from=${from}&limit=${pageSize}`;
    const page = planAnswer.parse(await client.get(path, patienceMs));
    plan = {
      ...plan,
      changes: [...plan.changes, ...page.changes],
      remarks: [...plan.remarks, ...page.remarks],
      outside: [...plan.outside, ...page.outside],
      next: page.next,
    };
    from = page.next;
  }
  return plan;
}
