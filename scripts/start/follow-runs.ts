import { setTimeout as pause } from 'node:timers/promises';
import { describeRun, isSettled } from './describe-run.ts';
import type { GatehouseApi, RunRow } from './gatehouse-api.ts';
import { columns, paint, progressBar } from './paint.ts';
import type { SandboxControl } from './sandbox-control.ts';
import { nameOf, type NewHire } from './sample-hires.ts';
import type { Screen } from './screen.ts';

type Followed = { readonly hire: NewHire; personId: string | undefined; run: RunRow | undefined; isSettled: boolean };
type Parts = {
  readonly api: GatehouseApi;
  readonly control: Pick<SandboxControl, 'now'>;
  readonly screen: Screen;
  readonly signal: AbortSignal;
};

const lookEveryMs = 200;
const patienceMs = 90_000;

/** Prints each person's run when it has come to its end or waits for its day, and shows meanwhile how far all of them are. Gives up after 90 s, saying who is missing. */
export async function followRuns(hires: readonly NewHire[], parts: Parts): Promise<void> {
  const people: readonly Followed[] = hires.map((hire) => ({ hire, personId: undefined, run: undefined, isSettled: false }));
  const until = performance.now() + patienceMs;
  while (people.some((person) => !person.isSettled) && performance.now() < until) {
    const now = await parts.control.now();
    await Promise.all(people.filter((person) => !person.isSettled).map((person) => look(person, now, parts)));
    parts.screen.show(await progress(people, parts));
    if (people.some((person) => !person.isSettled)) await pause(lookEveryMs, undefined, { signal: parts.signal });
  }
  parts.screen.show([]);
  for (const person of people.filter((one) => !one.isSettled))
    parts.screen.print(`${paint.bad('✗')} ${nameOf(person.hire)}: ${unsettled(person)}`);
}

async function look(person: Followed, now: number, { api, screen }: Parts): Promise<void> {
  person.personId ??= await api.personId(`generic:${person.hire.workerId}`);
  if (person.personId === undefined) return;
  const runs = (await api.runsOf(person.personId)).filter(({ state, workflow }) => state !== 'superseded' && workflow.startsWith('joiner'));
  person.run = runs.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))[0];
  if (person.run === undefined || !isSettled(person.run, now)) return;
  person.isSettled = true;
  for (const line of describeRun(nameOf(person.hire), await api.run(person.run.id))) screen.print(line);
}

async function progress(people: readonly Followed[], { api, screen }: Parts): Promise<readonly string[]> {
  if (!screen.isLive) return [];
  const open = people.filter((person) => !person.isSettled);
  if (open.length === 0) return [];
  const settled = people.length - open.length;
  const width = Math.max(...open.map(({ hire }) => columns(nameOf(hire))));
  const lines = await Promise.all(
    open.map(async ({ hire, run }) => `  ${nameOf(hire)}${' '.repeat(width - columns(nameOf(hire)))}  ${paint.dim(await doing(run, api))}`),
  );
  return [`${progressBar(settled, people.length)} ${settled} of ${people.length} people`, ...lines];
}

async function doing(run: RunRow | undefined, api: GatehouseApi): Promise<string> {
  if (run === undefined) return 'on the way from HR';
  const { steps } = await api.run(run.id);
  const waiting = steps.find(({ state }) => state === 'waiting');
  if (waiting !== undefined) return `${waiting.stepId}: ${waiting.summary}`;
  return steps.find(({ state }) => state === 'to-come')?.stepId ?? 'about to end';
}

function unsettled({ personId, run }: Followed): string {
  if (personId === undefined) return 'HR’s event has not arrived: see GET /api/events and the host’s log.';
  return run === undefined
    ? 'the event arrived and set off no run: see GET /api/events.'
    : `the run ${run.id} is still ${run.state}: see its page.`;
}
