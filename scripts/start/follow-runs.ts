import { setTimeout as pause } from 'node:timers/promises';
import { isSettled } from './describe-run.ts';
import type { GatehouseApi, RunRow, RunSteps } from './gatehouse-api.ts';
import { columns, paint, progressBar } from './paint.ts';
import type { SandboxControl } from './sandbox-control.ts';
import type { Screen } from './screen.ts';

/** A run that is expected: whose, by what workflow, and the lines that say what came of it. */
export type Expected = {
  readonly workerId: string;
  readonly name: string;
  /** The workflow's id, or how it begins where there is one for each kind of worker (`joiner` of `joiner-hybrid`). */
  readonly workflow: string;
  /** Whether the run is the one that is meant; any is, unless it is said. */
  readonly is?: (run: RunRow) => boolean;
  /** A run that waits for its time is waited for. */
  readonly waits?: boolean;
  readonly lines: (run: RunSteps) => readonly string[] | Promise<readonly string[]>;
};
type Followed = { readonly expected: Expected; isKnown: boolean; run: RunRow | undefined; isSettled: boolean };
type Parts = {
  readonly api: GatehouseApi;
  readonly control: Pick<SandboxControl, 'now'>;
  readonly screen: Screen;
  readonly signal: AbortSignal;
};

const lookEveryMs = 300;
// A run that is due just now is about to begin; the clock was read a moment before it.
const aboutToBeginMs = 2000;
const patienceMs = 90_000;

/** Prints each expected run when it has come to its end or waits for its day, and shows meanwhile how far all of them are. Gives up after 90 s, saying who is missing. */
export async function followRuns(expected: readonly Expected[], parts: Parts): Promise<void> {
  const all: readonly Followed[] = expected.map((one) => ({ expected: one, isKnown: false, run: undefined, isSettled: false }));
  const open = () => all.filter((one) => !one.isSettled);
  const until = performance.now() + patienceMs;
  while (open().length > 0 && performance.now() < until) {
    const now = await parts.control.now();
    await Promise.all(open().map((one) => look(one, now, parts)));
    parts.screen.show(await progress(all, parts));
    if (open().length > 0) await pause(lookEveryMs, undefined, { signal: parts.signal });
  }
  parts.screen.show([]);
  for (const one of open()) parts.screen.print(`${paint.bad('✗')} ${one.expected.name}: ${unsettled(one)}`);
}

async function look(followed: Followed, now: number, { api, screen }: Parts): Promise<void> {
  const { workerId, workflow, is = () => true, waits = false, lines } = followed.expected;
  const known = await api.runsOf(`generic:${workerId}`);
  followed.isKnown = known !== undefined;
  const runs = (known ?? []).filter((run) => run.state !== 'superseded' && isOf(run, workflow) && is(run));
  followed.run = runs.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))[0];
  if (followed.run === undefined || !isSettled(followed.run, now + aboutToBeginMs) || (waits && followed.run.state === 'planned')) return;
  followed.isSettled = true;
  for (const line of await lines(await api.run(followed.run.id))) screen.print(line);
}

/** `mover-access-ends` is no kind of `mover`. */
function isOf(run: RunRow, workflow: string): boolean {
  return run.workflow === workflow || run.workflow === `${workflow}-hybrid` || run.workflow === `${workflow}-cloud`;
}

async function progress(all: readonly Followed[], { api, screen }: Parts): Promise<readonly string[]> {
  if (!screen.isLive) return [];
  const open = all.filter((one) => !one.isSettled);
  if (open.length === 0) return [];
  const settled = all.length - open.length;
  const width = Math.max(...open.map(({ expected }) => columns(expected.name)));
  const lines = await Promise.all(
    open.map(async ({ expected: { name }, run }) => `  ${name}${' '.repeat(width - columns(name))}  ${paint.dim(await doing(run, api))}`),
  );
  return [`${progressBar(settled, all.length)} ${settled} of ${all.length}`, ...lines];
}

async function doing(run: RunRow | undefined, api: GatehouseApi): Promise<string> {
  if (run === undefined) return 'on the way from HR';
  const { steps } = await api.run(run.id);
  const waiting = steps.find(({ state }) => state === 'waiting');
  if (waiting !== undefined) return `${waiting.stepId}: ${waiting.summary}`;
  return steps.find(({ state }) => state === 'to-come')?.stepId ?? 'about to end';
}

function unsettled({ isKnown, run, expected: { workflow } }: Followed): string {
  if (!isKnown) return 'HR’s event has not arrived: see GET /api/events and the host’s log.';
  return run === undefined
    ? `the event has set off no run of ${workflow}: see GET /api/events.`
    : `the run ${run.id} of ${run.workflow} is still ${run.state}: see its page.`;
}
