import type { Outcome } from '../domain/change.ts';
import type { GateDeps } from './gate-deps.ts';

/** An outcome that asks to come back after so many milliseconds. */
export function lookAgain(deps: Pick<GateDeps, 'clock'>, afterMs: number, reason: string): Outcome {
  return { is: 'waiting', lookAgainAt: new Date(deps.clock.now() + afterMs).toISOString(), reason };
}
