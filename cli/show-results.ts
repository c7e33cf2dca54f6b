import type { FullRunAnswer } from './answers.ts';
import type { Followed } from './follow-runs.ts';
import { showTable } from './show-table.ts';

type Step = FullRunAnswer['steps'][number];

/** What came of it, for scripts: 0 all done, 1 something refused, failed, unknown or cancelled, 2 done with gaps, 3 held, 4 still going on. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/** A table of what came of the runs: each person's, target by target, what may be claimed of their access, and what is left. */
export function showResults({ runs, later, isOver }: Followed): { readonly text: string; readonly code: ExitCode } {
  const rows = runs.map((run) => [run.displayName, run.workflow, run.state, perTarget(run.steps), leftOf(run)]);
  const claims = runs.flatMap((run) =>
    claimsOf(run.steps).map((claim) => [run.displayName, claim.target, claim.is, claim.claims, claim.remains.join('; ')]),
  );
  const text = [
    showTable([['PERSON', 'WORKFLOW', 'STATE', 'TARGETS', 'WHAT IS LEFT'], ...rows]),
    ...(claims.length === 0 ? [] : ['', showTable([['PERSON', 'TARGET', 'ACCESS', 'WHAT WAS SEEN', 'WHAT REMAINS'], ...claims])]),
    ...later.map((run) => `Later: ${run.workflow} of ${run.displayName}, on ${run.dueAt.slice(0, 10)} (run ${run.id}).`),
    ...(isOver ? [] : ['Some of it is still going on: gatehouse runs shows how far it is.']),
  ];
  return { text: text.join('\n'), code: codeOf(runs, isOver) };
}

function codeOf(runs: readonly FullRunAnswer[], isOver: boolean): ExitCode {
  const has = (...states: readonly string[]) => runs.some(({ state }) => states.includes(state));
  const isRefused = runs.some(({ steps }) => steps.some(({ state }) => state === 'refused'));
  if (has('failed', 'unknown', 'cancelled', 'superseded') || isRefused) return 1;
  if (has('held')) return 3;
  if (!isOver) return 4;
  return has('done-with-gaps') ? 2 : 0;
}

const marks: Readonly<Record<string, string>> = { done: '✓', already: '✓', skipped: '–', held: 'held', waiting: '…', parked: '…' };
const order = ['failed', 'unknown', 'refused', 'held', 'waiting', 'parked', 'done', 'already', 'skipped'];

/** Each target with the worst of what its steps came to. */
function perTarget(steps: readonly Step[]): string {
  const worst = new Map<string, string>();
  for (const { state, changes } of steps) {
    for (const { target } of changes) {
      const before = worst.get(target) ?? 'skipped';
      worst.set(target, order.indexOf(state) >= 0 && order.indexOf(state) < order.indexOf(before) ? state : before);
    }
  }
  return [...worst].map(([target, state]) => `${target} ${marks[state] ?? state}`).join(', ');
}

function leftOf({ steps, note }: FullRunAnswer): string {
  const gaps = steps
    .filter(({ gaps: count, state }) => count > 0 || state === 'refused' || state === 'failed')
    .map(({ stepId, summary }) => `${stepId}: ${summary}`);
  return gaps.length > 0 ? gaps.join('; ') : (note ?? '');
}

/** The latest word about each target. */
function claimsOf(steps: readonly Step[]) {
  const latest = new Map(steps.flatMap(({ claim }) => (claim == null ? [] : [[claim.target, claim] as const])));
  return [...latest.values()];
}
