import { followRuns } from '../follow-runs.ts';
import { describeRun } from '../describe-run.ts';
import { fullName } from '../full-name.ts';
import { paint } from '../paint.ts';
import { sampleHires } from '../sample-hires.ts';
import { mailIds } from '../verify/check-mail.ts';
import { eventually } from '../verify/eventually.ts';
import { readWorld } from '../verify/read-world.ts';
import { verifyHires } from '../verify/verify-hires.ts';
import type { Act } from './act.ts';

/** Eight people are hired: two of one name, a contractor, somebody whose accounts are there already, one who starts later. */
export function hires(): Act {
  const hired = new Set<string>();
  let mails: ReadonlySet<string> = new Set();
  return {
    title: 'HR hires eight people',
    early: async ({ control }) => {
      mails = mailIds(await readWorld(control));
      for (const hire of sampleHires(await control.now())) if (await control.hire(hire)) hired.add(hire.workerId);
    },
    play: async (stage) => {
      const all = sampleHires(await stage.control.now());
      if (hired.size === 0)
        stage.screen.print(paint.dim('They were hired on an earlier start; this is how they stand. npm start -- --reset begins anew.'));
      await followRuns(
        all.map((hire) => ({
          workerId: hire.workerId,
          name: fullName(hire),
          workflow: 'joiner',
          lines: (run) => describeRun(fullName(hire), run),
        })),
        stage,
      );
      // Who has moved since is looked at as a mover.
      const { workers } = (await readWorld(stage.control)).hr;
      const still = all.filter((hire) =>
        workers.some(({ workerId, department }) => workerId === hire.workerId && department === hire.department),
      );
      return eventually(stage, (world) => verifyHires(still, world, { mails, hired }));
    },
  };
}
