import type { Act, Stage } from './day/act.ts';
import { openedByHand } from './day/by-hand.ts';
import { hires } from './day/hires.ts';
import { leaveAndReturn } from './day/leave-and-return.ts';
import { threeLeavers } from './day/leavers.ts';
import { massTermination } from './day/mass-termination.ts';
import { threeMoves } from './day/moves.ts';
import { rehire } from './day/rehire.ts';
import { rescinded } from './day/rescinded.ts';
import { paint } from './paint.ts';
import type { Verdict } from './verify/verdict.ts';

/** Plays the sample day, act by act: what HR enters, each run as it comes to its end, and whether the simulated systems hold what they should. True when all do. */
export async function playDay(stage: Stage): Promise<boolean> {
  const { screen } = stage;
  const acts: readonly Act[] = [hires(), threeMoves, leaveAndReturn, threeLeavers, rehire(), rescinded, massTermination, openedByHand];
  for (const { early } of acts) await early?.(stage);
  const verdicts: Verdict[] = [];
  for (const { title, play } of acts) {
    screen.print(`\n${paint.bold(title)}`);
    const own = await play(stage);
    verdicts.push(...own);
    for (const { name, findings } of own) for (const { part, text } of findings) screen.print(paint.bad(`✗ ${name}, ${part}: ${text}`));
  }
  const right = verdicts.filter(({ findings }) => findings.length === 0).length;
  const sum = `verified in the targets: ${right} of ${verdicts.length}`;
  const isRight = right === verdicts.length;
  screen.print(`\n${isRight ? paint.good(`✓ ${sum}`) : paint.bad(`✗ ${sum}`)}${paint.dim('  (from the systems’ own state)')}`);
  return isRight;
}
