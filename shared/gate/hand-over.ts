import { GatehouseError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Queue } from '../ports/queue.ts';
import type { ErrandAnswer } from '../ports/registry/errands.ts';
import type { Registry } from '../ports/registry/registry.ts';
import { changeId } from './change-id.ts';
import type { Asked, GateDeps } from './gate-deps.ts';
import { lookAgain } from './look-again.ts';
import type { Passage } from './passage.ts';

/** What asking another process needs. */
export type HandOverDeps = { readonly registry: Registry; readonly clock: Clock; readonly queue: Queue };

/** A queue that is slow keeps nobody: the step looks again, and sends again. Milliseconds of the machine. */
const patienceMs = 1000;
/** Longer than the queue keeps trying, and than its window for duplicates: what was given up is asked for anew. */
const sendAgainMs = 15 * 60_000;
const lookAgainMs = 200;

/**
 * Asks the process that alone has the rights for the change, and answers what came of it: the first call asks, and those after it look whether it has answered. The message names the change and nothing else;
 * the change and its answer are rows of the registry, so that nothing is lost or done twice however often either side dies.
 */
export async function handOver(deps: HandOverDeps, { change, position, request }: Asked): Promise<Passage> {
  const { runId, stepId } = request;
  const errand = { changeId: changeId(runId, stepId, change), runId, stepId, position, change };
  const asked = await deps.registry.transaction((stores) => stores.errands.ask(errand, deps.clock.now()));
  if (asked.is === 'answered') return passageOf(asked.answer);
  const sent = await send(deps, { ...asked, changeId: errand.changeId });
  const since = new Date(asked.askedAt).toISOString();
  return { is: 'outcome', outcome: lookAgain(deps, lookAgainMs, `waits for hands since ${since}${sent}`) };
}

type Waiting = { readonly changeId: string; readonly attempt: number; readonly askedAt: number; readonly sentAt: number | null };

async function send({ registry, clock, queue }: HandOverDeps, { changeId: id, attempt, askedAt, sentAt }: Waiting): Promise<string> {
  const now = clock.now();
  if (sentAt !== null && now - sentAt < sendAgainMs) return '';
  const messageId = `${id}.${attempt}.${Math.floor((now - askedAt) / sendAgainMs)}`;
  const message = { queue: 'privileged-changes', messageId, body: { changeId: id, attempt } } as const;
  try {
    await queue.send([message], AbortSignal.timeout(patienceMs));
  } catch (error) {
    return ` (${error instanceof Error ? error.message : 'the queue gave no reason'})`;
  }
  await registry.stores.errands.markSent(id, attempt, now);
  return '';
}

function passageOf(answer: ErrandAnswer): Passage {
  if (answer.is !== 'error') return answer;
  const { code, message, ...details } = answer;
  throw new GatehouseError(code, message, details);
}

/** The gate's `handOver` of a process that asks another for privileged changes. */
export function handingOver(deps: HandOverDeps): NonNullable<GateDeps['handOver']> {
  return (asked) => handOver(deps, asked);
}
