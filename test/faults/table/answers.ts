import type { FaultOrder } from '../../../sandbox/foundation/fault-schedule.ts';

/** A column of the fault table: what the system answered, where it was the sandbox that was told to. */
export type Wrong = {
  readonly name: string;
  readonly strike: Pick<FaultOrder, 'phase' | 'effect'> | 'certificate';
  readonly notFor?: string;
};

/** How long connectors wait for an answer that does not come, in the column of that name. */
export const impatienceMs = 600;

/** The columns. `429` and the like are what the sandbox is told; over LDAP it says what means the same there. */
export const wrongs: readonly Wrong[] = [
  { name: '429', strike: { phase: 'before', effect: { status: 429, retryAfter: 0.05 } } },
  { name: '503', strike: { phase: 'before', effect: { status: 503, retryAfter: 0.05 } } },
  { name: '500', strike: { phase: 'before', effect: { status: 500 } } },
  { name: '500 after commit', strike: { phase: 'after', effect: { status: 500 } } },
  { name: 'reset before', strike: { phase: 'before', effect: { reset: true } } },
  { name: 'reset after commit', strike: { phase: 'after', effect: { reset: true } } },
  { name: 'timeout', strike: { phase: 'after', effect: { delayMs: 2 * impatienceMs } } },
  { name: 'malformed body', strike: { phase: 'after', effect: { malformed: true } } },
  // Over LDAP one signs in by connection, and nothing runs out in the middle of it.
  { name: 'expired token', strike: { phase: 'before', effect: { status: 401, code: 'InvalidAuthenticationToken' } }, notFor: 'directory' },
  { name: 'certificate error', strike: 'certificate' },
];
