import type { RunSteps, StepOfRun } from './gatehouse-api.ts';
import { paint, padded } from './paint.ts';

type System = 'AD' | 'Entra' | 'OCI';
const nameColumns = 17;
const good: ReadonlySet<string> = new Set(['done', 'already', 'skipped']);

/** A run in one line, the person first: `✓ Zoë O'Brien  AD ✓  Entra ✓  OCI ✓  pass → manager  1.2 s`; what is left undone or stands in the way follows, a line each. `words` stand in the place of the pass and, with `ending`, of how long it took. */
export function describeRun(name: string, run: RunSteps, words = passOf(run), ending = endingOf(run)): readonly string[] {
  const systems = (['AD', 'Entra', 'OCI'] as const).flatMap((system) => systemMark(system, run.steps));
  const first = [`${icon(run)} ${padded(name, nameColumns)}`, ...systems, words, ending].filter((part) => part !== '');
  const troubles = run.steps.filter((step) => step.gaps > 0 || ['failed', 'unknown', 'held', 'refused'].includes(step.state));
  return [first.join('  '), ...troubles.map((step) => paint.warn(`    ↳ ${step.stepId}: ${step.summary}`))];
}

/** Whether nothing more happens to the run before its time or a person's decision. */
export function isSettled({ state, dueAt }: Pick<RunSteps, 'state' | 'dueAt'>, now: number): boolean {
  if (state === 'planned') return Date.parse(dueAt) > now;
  return state !== 'starting' && state !== 'active';
}

function icon({ state }: RunSteps): string {
  switch (state) {
    case 'done':
      return paint.good('✓');
    case 'done-with-gaps':
      return paint.warn('◐');
    case 'held':
      return paint.warn('⏸');
    case 'failed':
      return paint.bad('✗');
    case 'unknown':
      return paint.bad('?');
    case 'planned':
      return paint.dim('◷');
    default:
      return paint.dim('·');
  }
}

function systemMark(system: System, steps: readonly StepOfRun[]): readonly string[] {
  const own = steps.filter(({ stepId }) => systemOf(stepId) === system);
  const begun = own.filter(({ state }) => state !== 'to-come');
  if (own.length === 0 || begun.length === 0) return [];
  if (begun.some(({ state }) => state === 'failed' || state === 'unknown' || state === 'held')) return [`${system} ${paint.bad('✗')}`];
  if (begun.some(({ gaps, state }) => gaps > 0 || state === 'refused')) return [`${system} ${paint.warn('◐')}`];
  return [`${system} ${begun.every(({ state }) => good.has(state)) ? paint.good('✓') : paint.dim('…')}`];
}

/** The system that a step of the sample workflows (config/workflows) works on. */
function systemOf(stepId: string): System | undefined {
  const parts = new Set(stepId.split('-'));
  if (parts.has('ad')) return 'AD';
  if (parts.has('oci')) return 'OCI';
  return parts.has('entra') || parts.has('synced') || parts.has('licences') ? 'Entra' : undefined;
}

function passOf({ steps }: RunSteps): string {
  const pass = steps.find(({ task }) => task === 'issue-pass');
  if (pass?.state === 'done' || pass?.state === 'already') return 'pass → manager';
  return pass?.state === 'skipped' ? paint.dim('no pass: signs in already') : '';
}

function endingOf(run: RunSteps): string {
  const last = run.steps.flatMap(({ lastAt }) => (lastAt === null ? [] : [Date.parse(lastAt)]));
  const end = run.endedAt === null ? Math.max(...last) : Date.parse(run.endedAt);
  const took = last.length === 0 ? '' : paint.dim(`${((end - Date.parse(run.createdAt)) / 1000).toFixed(1)} s`);
  if (run.state !== 'planned') return run.state === 'done' ? took : `${run.state.replaceAll('-', ' ')}  ${took}`;
  const until = run.dueAt.slice(0, 16).replace('T', ' ');
  return run.startedAt === null ? `nothing is made before ${until} UTC` : `disabled until ${until} UTC`;
}
