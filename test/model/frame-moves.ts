import { answered } from './answered.ts';
import { answers, answersAtOnce, type AtWork, closed, goOn, released } from './at-work.ts';
import { breaks, isCurrent, remaining, runOf, withRun } from './change-state.ts';
import { openIntent } from './open-intent.ts';
import { adopt, planStep } from './plan-step.ts';
import { has } from './setting.ts';
import type { Change, Doing, Move, Run, State, Task, Worker } from './state.ts';

/** What every activity does around a change; null for what differs from change to change. */
export function frameMoves(at: AtWork): readonly Move[] | null {
  return frame[at.worker.doing]?.(at) ?? null;
}

const frame: Readonly<Partial<Record<Doing, (at: AtWork) => readonly Move[]>>> = {
  claim: (at) => [claim(at)],
  begin: (at) => [begin(at)],
  plan: planStep,
  adopt: (at) => [adopt(at)],
  open: (at) => [openIntent(at)],
  close: (at) => [closed(at, `closes the intent of the ${at.worker.change}: ${at.worker.result}`)],
  release: (at) => [released(at, `gives back the lease of the ${at.worker.change}`)],
  record: (at) => [record(at)],
  weigh: (at) => [weigh(at)],
  end: (at) => [end(at)],
  answer: (at) => [{ label: `answers: ${at.worker.result}`, next: answered(at.setting, at.state, at.slot) }],
};

/** `claimRun`: starting → active, or the same attempt already active. */
function claim(at: AtWork): Move {
  const { state, worker, setting } = at;
  const run = runOf(state, worker.run);
  const isOurs = (run.state === 'starting' || run.state === 'active') && run.attempts.length - 1 === worker.attempt;
  if (!isOurs && !has(setting, 'claims are not checked')) return answersAtOnce(at, 'comes too late to claim the run', 'superseded');
  return answers(at, 'claims the run', 'done', withRun(state, worker.run, { state: 'active' }));
}

/** The start of `performStep`: is the run still ours, is the step settled, what was left open. */
function begin(at: AtWork): Move {
  const { state, worker } = at;
  const run = runOf(state, worker.run);
  if (run.state !== 'active' || run.attempts.length - 1 !== worker.attempt)
    return answersAtOnce(at, 'sees that the run is not this attempt’s', 'superseded');
  const task = taskOf(worker);
  if (run.steps[task] === 'done') return answersAtOnce(at, 'sees that the step is settled', 'done');
  const changes: readonly Change[] = task === 'mail' ? ['mail'] : ['create', 'update'];
  const open = changes.find((change) => run.intents[change].state === 'open');
  if (open === undefined) return goOn(at, 'sees nothing left open', { doing: 'plan' });
  return goOn(at, `resumes the ${open} that was left open`, {
    doing: 'open',
    change: open,
    isResuming: true,
    wants: run.intents[open].wants,
  });
}

function taskOf({ place }: Worker): Task {
  if (place === 'account' || place === 'mail') return place;
  throw new Error(`“${place}” is no step.`);
}

function record(at: AtWork): Move {
  const { state, worker } = at;
  const { result } = worker;
  if (result !== 'waiting' && result !== 'done' && result !== 'failed' && result !== 'unknown')
    throw new Error(`A step is not “${result}”.`);
  if (worker.isOutrun && !has(at.setting, 'a late worker records over an earlier one'))
    return answersAtOnce(at, 'sees that another worker has recorded the step', 'waiting');
  const run = runOf(state, worker.run);
  // Nobody reads the steps of a run that is over.
  const steps = run.state === 'active' ? { ...run.steps, [taskOf(worker)]: result } : run.steps;
  const workers = state.workers.map((one) => (one?.run === worker.run && one.place === worker.place ? { ...one, isOutrun: true } : one));
  return answers(at, `records the step as ${result}`, result, withRun({ ...state, workers }, worker.run, { steps }));
}

/** `endRun` reads the steps before its transaction. */
function weigh(at: AtWork): Move {
  const { steps } = runOf(at.state, at.worker.run);
  const states = at.setting.tasks.map((task) => steps[task]);
  const isCredulous = has(at.setting, 'a run ends without asking what it left out');
  const worst = (['failed', 'unknown'] as const).find((one) => states.includes(one));
  const isLeftOut = states.includes('none') || states.includes('waiting');
  const believed = states.includes('waiting') ? 'done-with-gaps' : 'done';
  const result = worst ?? (isLeftOut && !isCredulous ? 'unknown' : believed);
  return goOn(at, `weighs the steps: ${result}`, { doing: 'end', result });
}

function end(at: AtWork): Move {
  const { state, worker } = at;
  const run = runOf(state, worker.run);
  const isOurs = run.state === 'active' && isCurrent(state, worker.run) && run.attempts.length - 1 === worker.attempt;
  if (!isOurs) return answersAtOnce(at, 'sees that the run is over', 'superseded');
  const ended = withRun(state, worker.run, { state: endedAs(worker.result), attempts: remaining(at.setting, run) });
  const isTrue = worker.result !== 'done' || holds(state, at.setting.tasks);
  return answers(at, `ends the run: ${worker.result}`, 'done', isTrue ? ended : breaks(ended, 'done only when the target holds the state'));
}

function endedAs(result: Worker['result']): Run['state'] {
  if (result === 'done' || result === 'failed' || result === 'unknown' || result === 'done-with-gaps') return result;
  throw new Error(`A run does not end as “${result}”.`);
}

function holds({ world, person }: State, tasks: readonly Task[]): boolean {
  const hasAccount = world.accounts > 0 && world.version === person.revision && person.isLinked;
  return tasks.every((task) => (task === 'account' ? hasAccount : world.drafts.includes('seen')));
}
