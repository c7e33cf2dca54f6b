import type { Task } from './state.ts';

/** Something taken out of the mechanism, or out of what it relies on, to see that the model notices. */
export type Fault =
  | 'lanes are not unique'
  | 'the epoch is not checked'
  | 'leases are not respected'
  | 'objects are not unique'
  | 'no look on take-over'
  | 'closed without a look'
  | 'claims are not checked'
  | 'starts are not repeated'
  | 'names are not unique in the target'
  | 'what a superseded run sent is forgotten'
  | 'any draft is sent'
  | 'a found account is waited for'
  | 'a late worker records over an earlier one'
  | 'a run ends without asking what it left out';

/** Which part of the mechanism is explored, and how much may go wrong. */
export type Setting = {
  readonly tasks: readonly Task[];
  readonly events: 1 | 2;
  readonly copies: number;
  /** How many workflows a joiner sets off. */
  readonly workflows: number;
  readonly workers: number;
  /** When an activity is given to a second worker: while the first has it in hand, when the first is frozen, or only when the first has died. */
  readonly isCalledAgain: 'at any time' | 'when frozen' | 'when dead';
  /** How often a run is started: more than once when a live instance is taken for a lost one. */
  readonly attempts: number;
  /** How many calls of `startNew` for one attempt may be on their way at once. */
  readonly starts: number;
  /**
   * Whether the instances of runs that are over are followed. Each of their activities ends at its first look at the run, so that leaving them out changes
   * nothing but the number of states; workers that are within an activity already are followed in any case.
   */
  readonly areEndedFollowed: boolean;
  /** How often a worker may be frozen, and thawed after its lease. */
  readonly freezes: number;
  readonly faults: readonly Fault[];
};

/** The mechanism as it is. */
export const asItIs: Setting = {
  tasks: ['account'],
  events: 2,
  copies: 2,
  workflows: 1,
  workers: 2,
  isCalledAgain: 'at any time',
  attempts: 1,
  starts: 1,
  areEndedFollowed: false,
  freezes: 0,
  faults: [],
};

export function has(setting: Setting, fault: Fault): boolean {
  return setting.faults.includes(fault);
}
