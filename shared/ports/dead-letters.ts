import type { QueueName } from './queue.ts';

/** A message that a queue has put aside, because it could not be worked on as often as the queue tries. */
export type DeadLetter = {
  readonly queue: QueueName;
  /** Its number in the queue, unique and for good. */
  readonly sequence: string;
  readonly messageId: string;
  /** When it came into the queue; when it was put aside the queue does not say. */
  readonly enqueuedAt: number;
  readonly deliveries: number;
  /** Why it was put aside, in the queue's words. */
  readonly reason: string | null;
  readonly body: unknown;
};

/** What to do with a dead letter: hand it to its queue again, or throw it away. */
export type DeadLetterFate = 'replay' | 'discard';

/** What the queues have put aside. Throws `target-unreachable` where the broker cannot be asked. */
export type DeadLetters = {
  /** The oldest of all queues, at most so many of each. Nothing is taken out. */
  list(mostOfEach: number, signal: AbortSignal): Promise<readonly DeadLetter[]>;
  /**
   * Settles those of a queue whose numbers are given, and answers them. Each is taken out only after the queue has it again, under an id that is the same at every attempt: whoever dies between
   * the two, and tries again, has it worked on once more at most.
   */
  settle(queue: QueueName, sequences: ReadonlySet<string>, fate: DeadLetterFate, signal: AbortSignal): Promise<readonly string[]>;
};
