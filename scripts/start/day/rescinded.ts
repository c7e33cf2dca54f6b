import { describeRun } from '../describe-run.ts';
import { followRuns } from '../follow-runs.ts';
import { fullName } from '../full-name.ts';
import { rescindedHire } from '../sample-hires.ts';
import { checkGone } from '../verify/check-gone.ts';
import { eventually } from '../verify/eventually.ts';
import type { Act } from './act.ts';

/** A hire is taken back before the first day: the accounts that were made for it go. */
export const rescinded: Act = {
  title: 'HR takes a hire back',
  early: async ({ control }) => void (await control.hire(rescindedHire(await control.now()))),
  play: async (stage) => {
    const hire = rescindedHire(await stage.control.now());
    const { workerId } = hire;
    const name = fullName(hire);
    if ((await stage.control.worker(workerId))?.status !== 'rescinded') {
      await followRuns([{ workerId, name, workflow: 'joiner', lines: (run) => describeRun(name, run) }], stage);
      await stage.control.change(workerId, { status: 'rescinded' });
    }
    await followRuns(
      [{ workerId, name, workflow: 'rescinded', lines: (run) => describeRun(name, run, 'what was made is taken back') }],
      stage,
    );
    return eventually(stage, (world) => [{ name, findings: checkGone(workerId, world) }]);
  },
};
