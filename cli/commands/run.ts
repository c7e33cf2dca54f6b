import { createInterface } from 'node:readline/promises';
import process from 'node:process';
import { answers } from '../answers.ts';
import { type Client, Refusal } from '../client.ts';
import { followRuns } from '../follow-runs.ts';
import { progressOn } from '../progress.ts';
import { type NamedPeople, type PeopleOptions, readPeople, withLines } from '../read-people.ts';
import { showPlan } from '../show-plan.ts';
import { type ExitCode, showResults } from '../show-results.ts';
import { makePlan, readPlan } from './plan.ts';

export type RunOptions = PeopleOptions & {
  readonly plan?: string;
  readonly hash?: string;
  readonly reason: string;
  readonly yes?: boolean;
  readonly timeout: string;
};
export type Ran = { readonly text: string; readonly code: ExitCode };

const patienceMs = 10 * 60_000;
const listedBeforeAsking = 50;

/** Carries a workflow out for people, or a plan that was shown: on a terminal the plan is shown and asked about first, unless `--yes` is given. */
export async function runOnDemand(client: Client, workflow: string | undefined, options: RunOptions): Promise<Ran> {
  const timeoutMs = Number(options.timeout) * 1000;
  if (!Number.isFinite(timeoutMs) || timeoutMs <= 0) throw new Refusal('--timeout: is in seconds, such as 600.', 0);
  const body = options.plan === undefined ? await demandOf(client, workflow, options) : await planOf(client, options);
  if (body === undefined) return { text: 'Nothing was begun.', code: 1 };
  return begin(client, '/api/runs', body, { timeoutMs });
}

/** Posts what begins runs, follows them and shows what came of them. */
export async function begin(client: Client, path: string, body: Body, { timeoutMs }: { readonly timeoutMs: number }): Promise<Ran> {
  const { runs } = await client
    .post(path, body.sent, patienceMs)
    .then((answer) => answers.runs.parse(answer))
    .catch((error: unknown) => {
      throw error instanceof Refusal && body.named !== undefined ? withLines(error, body.named) : error;
    });
  if (runs.length === 0) return { text: 'There was nothing to begin.', code: 0 };
  return showResults(await followRuns(client, runs, { timeoutMs, progress: progressOn(process.stderr) }));
}

export type Body = { readonly sent: object; readonly named?: NamedPeople };

async function demandOf(client: Client, workflow: string | undefined, options: RunOptions): Promise<Body | undefined> {
  if (workflow === undefined) throw new Refusal('Name a workflow or trigger, or a plan with --plan and --hash.', 0);
  const named = await readPeople(options);
  if (named.who === 'everyone')
    throw new Refusal('For everyone, make a plan first (gatehouse plan … --everyone) and run it with --plan and --hash.', 0);
  const { reason } = options;
  if (options.yes === true) return { named, sent: { workflow, people: named.who, reason } };
  needTerminal();
  const plan = await makePlan(client, workflow, named);
  process.stdout.write(`${showPlan(plan, listedBeforeAsking)}\n`);
  return (await isAgreed()) ? { named, sent: { planId: plan.planId, hash: plan.hash, reason } } : undefined;
}

async function planOf(client: Client, { plan: planId = '', hash, reason, yes }: RunOptions): Promise<Body | undefined> {
  if (hash === undefined) throw new Refusal('A plan is carried out under its hash: give --hash.', 0);
  const sent = { planId, hash, reason };
  if (yes === true) return { sent };
  needTerminal();
  process.stdout.write(`${showPlan(await readPlan(client, planId), listedBeforeAsking)}\n`);
  return (await isAgreed()) ? { sent } : undefined;
}

function needTerminal(): void {
  if (process.stdin.isTTY !== true)
    throw new Refusal('Nobody can be asked here: look at the plan first, and give --yes to carry it out.', 0);
}

async function isAgreed(): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await asking.question('Carry this out? [y/N] ')).trim());
  } finally {
    asking.close();
  }
}
