import { createHash } from 'node:crypto';
import type { SandboxSettings } from '../../foundation/world.ts';

/** How the delivery of notices goes wrong (docs/sandbox.md). */
export type NotificationSettings = SandboxSettings['graph']['notifications'];

/** What happens to one notice: never sent, or sent once or twice, each after so many milliseconds of the world. */
export type Fate = { readonly isDropped: boolean; readonly delaysMs: readonly number[] };

const shuffledWithinMs = 1000;
const repeatedAfterMs = 400;

/** Decides on a notice. The same seed and the same notice, named by `subject`, give the same fate. */
export function fateOf(settings: NotificationSettings, subject: string): Fate {
  const { dropPercent, duplicatePercent, delayMs, shuffle, seed } = settings;
  const roll = (what: string): number => fraction(`${seed} ${what} ${subject}`);
  const delay = delayMs + (shuffle ? Math.floor(roll('shuffle') * Math.max(delayMs, shuffledWithinMs)) : 0);
  return {
    isDropped: roll('drop') * 100 < dropPercent,
    delaysMs: roll('duplicate') * 100 < duplicatePercent ? [delay, delay + repeatedAfterMs] : [delay],
  };
}

// Evenly spread in [0, 1).
function fraction(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6) / 2 ** 48;
}
