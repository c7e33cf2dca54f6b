import type { QuotaCost } from '../../domain/quota.ts';
import { NotSent } from './not-sent.ts';
import type { Priority } from './wire.ts';

/** A call that waits for its quota. */
export type WaitingCall = {
  readonly cost: QuotaCost;
  readonly priority: Priority;
  readonly start: () => void;
  readonly refuse: (problem: NotSent) => void;
};

/**
 * Puts a call into the line, containment ahead of all else, and answers when it is started. Throws `NotSent` where it is refused, or given up meanwhile; then it is in the
 * line no more.
 */
export function waitInLine(line: WaitingCall[], call: Pick<WaitingCall, 'cost' | 'priority'>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      const place = line.indexOf(entry);
      if (place >= 0) line.splice(place, 1);
      reject(givenUp(signal));
    };
    const leave = (then: () => void): void => {
      signal.removeEventListener('abort', giveUp);
      then();
    };
    const entry: WaitingCall = { ...call, start: () => leave(resolve), refuse: (problem) => leave(() => reject(problem)) };
    if (signal.aborted) return reject(givenUp(signal));
    signal.addEventListener('abort', giveUp, { once: true });
    const place = call.priority === 'contain' ? line.findIndex((other) => other.priority !== 'contain') : -1;
    line.splice(place < 0 ? line.length : place, 0, entry);
  });
}

function givenUp(signal: AbortSignal): NotSent {
  return new NotSent('The call was given up while it waited for quota.', { cause: signal.reason });
}
