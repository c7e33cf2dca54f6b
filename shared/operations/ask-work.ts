import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Queue } from '../ports/queue.ts';

/** What those who answer callers ask of those who carry out. */
export type AskWork = {
  /** Has what is due for these people started at once. Never throws: what is not asked for, a timer starts within seconds. */
  start(people: readonly string[]): Promise<void>;
  /** Has a sweep started under an id. Throws `target-unreachable` where the queue does not take it. */
  sweep(sweepId: string): Promise<void>;
  /** Has the histories of these orchestrations thrown away. Throws `target-unreachable` where the queue does not take it. */
  purge(instanceIds: readonly string[]): Promise<void>;
};

const patienceMs = 2000;

/** Asks through the queue, whichever process carries out. */
export function askWork({ queue, clock, log }: { readonly queue: Queue; readonly clock: Clock; readonly log: Log }): AskWork {
  const signal = () => AbortSignal.timeout(patienceMs);
  return {
    async start(people) {
      const messages = people.map(
        (person) => ({ queue: 'work-requests', messageId: `start/${person}/${clock.now()}`, body: { start: person } }) as const,
      );
      if (messages.length > 0)
        await queue.send(messages, signal()).catch((error: unknown) => log.warn('What is due is started by the timer.', { error }));
    },
    sweep: (sweepId) => queue.send([{ queue: 'work-requests', messageId: `sweep/${sweepId}`, body: { sweep: sweepId } }], signal()),
    purge: (instanceIds) =>
      queue.send(
        instanceIds.map((id) => ({ queue: 'work-requests', messageId: `purge/${id}/${clock.now()}`, body: { purge: [id] } }) as const),
        signal(),
      ),
  };
}
