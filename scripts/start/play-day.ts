import { followRuns } from './follow-runs.ts';
import type { GatehouseApi } from './gatehouse-api.ts';
import { paint } from './paint.ts';
import type { SandboxControl } from './sandbox-control.ts';
import { type NewHire, sampleHires } from './sample-hires.ts';
import type { Screen } from './screen.ts';
import { mailIds } from './verify/check-mail.ts';
import { readWorld } from './verify/read-world.ts';
import { verifyDay } from './verify/verify-day.ts';

export type DayParts = {
  readonly api: GatehouseApi;
  readonly control: SandboxControl;
  readonly screen: Screen;
  readonly signal: AbortSignal;
};

/** Plays the sample day: HR hires, each run is printed, and the end states are compared with what the simulated systems hold. True when all are as they should be. */
export async function playDay(parts: DayParts): Promise<boolean> {
  const { control, screen } = parts;
  const hires = sampleHires(await control.now());
  const mails = mailIds(await readWorld(control));
  const hired = await hireAll(hires, control);
  screen.print(paint.dim(openingLine(hires.length, hired.size)));
  await followRuns(hires, parts);
  const verdicts = verifyDay(hires, await readWorld(control), { mails, hired });
  const right = verdicts.filter(({ findings }) => findings.length === 0).length;
  for (const { name, findings } of verdicts) {
    for (const { part, text } of findings) screen.print(paint.bad(`✗ ${name}, ${part}: ${text}`));
  }
  const isRight = right === verdicts.length;
  const sum = `verified in the targets: ${right} of ${verdicts.length}`;
  screen.print(
    `${isRight ? paint.good(`✓ ${sum}`) : paint.bad(`✗ ${sum}`)}${paint.dim('  (AD, Entra, OCI, passes, mail, HR; from their own state)')}`,
  );
  if (hired.size < hires.length)
    screen.print(paint.dim(`${hires.length - hired.size} of them were hired on an earlier start; npm start -- --reset begins anew.`));
  return isRight;
}

/** Posts the hires that HR does not have yet; answers the worker ids of those. */
async function hireAll(hires: readonly NewHire[], control: SandboxControl): Promise<ReadonlySet<string>> {
  const hired = new Set<string>();
  for (const hire of hires) {
    if (await control.hire(hire)) hired.add(hire.workerId);
  }
  return hired;
}

function openingLine(total: number, hired: number): string {
  if (hired === 0) return `HR hired these ${total} people before; this is how they stand.`;
  return hired === total ? `HR hires ${total} people.` : `HR hires ${hired} people; ${total - hired} were hired before.`;
}
