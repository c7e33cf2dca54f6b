import { setTimeout as pause } from 'node:timers/promises';
import { answers, type FullRunAnswer, type RunAnswer } from './answers.ts';
import type { Client } from './client.ts';
import type { Progress } from './progress.ts';

/** Runs that were followed to their end, with those that followed from them at once; `later` are due some other day. */
export type Followed = { readonly runs: readonly FullRunAnswer[]; readonly later: readonly RunAnswer[]; readonly isOver: boolean };

const over: ReadonlySet<string> = new Set(['held', 'done', 'done-with-gaps', 'failed', 'superseded', 'cancelled', 'unknown']);
const pauseMs = 500;

type Following = { readonly timeoutMs: number; readonly progress: Progress };

/** Looks at the runs until all of them, and those that follow from them at once, are over, or the time is up. */
export async function followRuns(client: Client, begun: readonly RunAnswer[], { timeoutMs, progress }: Following): Promise<Followed> {
  const until = performance.now() + timeoutMs;
  const latest = new Map<string, RunAnswer>(begun.map((run) => [run.id, run]));
  const later = new Map<string, RunAnswer>();
  const open = new Set(begun.map(({ personId }) => personId));
  for (;;) {
    for (const personId of open) {
      await look(client, personId, { latest, later });
      const own = [...latest.values()].filter((run) => run.personId === personId);
      if (own.every(isOver)) open.delete(personId);
      progress.show(begun.length - open.size, begun.length, wordsFor(own));
    }
    if (open.size === 0 || performance.now() > until) break;
    await pause(pauseMs);
  }
  progress.end();
  const runs: FullRunAnswer[] = [];
  for (const { id } of latest.values()) runs.push(answers.run.parse(await client.get(`/api/runs/${encodeURIComponent(id)}`)));
  return { runs, later: [...later.values()], isOver: open.size === 0 };
}

type Known = { readonly latest: Map<string, RunAnswer>; readonly later: Map<string, RunAnswer> };

/** A run that something newer has taken over goes on as another of the same workflow and cause. */
async function look(client: Client, personId: string, { latest, later }: Known): Promise<void> {
  const path = `/api/runs?${new URLSearchParams({ person: personId, limit: '50' }).toString()}`;
  const found = answers.runs.parse(await client.get(path)).runs.toReversed();
  for (const run of found) {
    const known = [...latest.values()].filter((one) => one.personId === personId);
    const isOurs = latest.has(run.id);
    const from = known.find((one) => run.cause === `run:${one.id}`);
    const instead = known.find(
      (one) => one.state === 'superseded' && one.workflow === run.workflow && one.cause === run.cause && run.id > one.id,
    );
    if (!isOurs && from === undefined && instead === undefined) continue;
    if (!isOurs && from !== undefined && isForLater(run)) later.set(run.id, run);
    else latest.set(run.id, run);
    if (instead !== undefined) latest.delete(instead.id);
  }
}

function isOver({ state }: RunAnswer): boolean {
  return over.has(state);
}

/** It waits for its own day, which is after the one on which it was planned. */
function isForLater({ state, createdAt, dueAt }: RunAnswer): boolean {
  return state === 'planned' && Date.parse(dueAt) > Date.parse(createdAt);
}

function wordsFor(runs: readonly RunAnswer[]): string {
  const last = runs.at(-1);
  return last === undefined ? '' : `${last.displayName}: ${last.workflow} ${last.state}`;
}
