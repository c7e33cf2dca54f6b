import { setTimeout as pause } from 'node:timers/promises';
import type { SandboxControl } from '../sandbox-control.ts';
import { readWorld, type World } from './read-world.ts';
import type { Verdict } from './verdict.ts';

const patienceMs = 15_000;
const lookEveryMs = 300;

/** Looks at the simulated systems until all is as it should be, for a quarter of a minute at most: what AD was told reaches Entra with the next sync only, and a mail may wait for the timer. Answers how it was in the end. */
export async function eventually(
  { control, signal }: { readonly control: SandboxControl; readonly signal: AbortSignal },
  verify: (world: World) => readonly Verdict[],
): Promise<readonly Verdict[]> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const verdicts = verify(await readWorld(control));
    if (performance.now() >= until || verdicts.every(({ findings }) => findings.length === 0)) return verdicts;
    await pause(lookEveryMs, undefined, { signal });
  }
}
