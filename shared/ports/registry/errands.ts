import type { Change, Outcome } from '../../domain/change.ts';
import type { RunId } from '../../domain/ids.ts';
import type { ErrorCode } from '../../errors.ts';

/** A privileged change that the process with the run asks of the one with the rights. It goes under the id of the change, which every message carries and nothing else. */
export type Errand = {
  readonly changeId: string;
  readonly runId: RunId;
  readonly stepId: string;
  readonly position: number;
  readonly change: Change;
};

/** What came of one attempt: an outcome, the word that something newer has taken over, or an error that says whether to try again. */
export type ErrandAnswer =
  | { readonly is: 'outcome'; readonly outcome: Outcome }
  | { readonly is: 'superseded' }
  | {
      readonly is: 'error';
      readonly code: ErrorCode;
      readonly message: string;
      readonly systemCode?: string | undefined;
      readonly requestId?: string | undefined;
      readonly retryAfterMs?: number | undefined;
    };

/** How an errand stands for whoever asks: its answer, given out once, or that it is waited for. */
export type AskedErrand =
  | { readonly is: 'answered'; readonly answer: ErrandAnswer }
  | { readonly is: 'waits'; readonly attempt: number; readonly askedAt: number; readonly sentAt: number | null };

/**
 * Errands between two processes. Each attempt goes one way: asked, begun, answered, taken; the next begins where the last was taken. So neither a message that comes twice nor an answer that comes late
 * counts twice.
 */
export type ErrandStore = {
  /** Asks for the change, unless it is asked for already; takes the answer where it is there. In a transaction. */
  ask(errand: Errand, now: number): Promise<AskedErrand>;
  /** Says that the queue has taken the message of an attempt. */
  markSent(changeId: string, attempt: number, at: number): Promise<void>;
  /** Takes the attempt in hand, also again after a crash; undefined where it is answered, or another is asked for. Holds the row in a transaction. */
  begin(changeId: string, attempt: number, at: number): Promise<Errand | undefined>;
  /** Answers an attempt that was begun; the first answer counts. */
  answer(changeId: string, attempt: number, answer: ErrandAnswer): Promise<void>;
  /** Takes back what was asked for the step and not begun, but not what contains somebody; false where something was begun, whose answer is to be waited for. In a transaction. */
  withdraw(run: RunId, stepId: string): Promise<boolean>;
  /** Whether an answer for the run waits to be taken. */
  isAnswered(run: RunId): Promise<boolean>;
  /** Since when the longest asked errand has no answer. */
  oldestOpen(): Promise<number | undefined>;
};
