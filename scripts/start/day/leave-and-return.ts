import { dateAt, daysLater } from '../calendar.ts';
import { describeRun } from '../describe-run.ts';
import { followRuns } from '../follow-runs.ts';
import { fullName } from '../full-name.ts';
import { checkOpen } from '../verify/check-open.ts';
import type { Expectation } from '../verify/expected.ts';
import { eventually } from '../verify/eventually.ts';
import { readWorld } from '../verify/read-world.ts';
import type { Act, Stage } from './act.ts';
import { knownWorker } from './known-worker.ts';

const workerId = '10027';
const zone = 'Europe/Lisbon';
/** As on the first morning, on leave and afterwards. OCI Auditors is a privilege that no rule gives, and stays too. */
const unchanged: Expectation = {
  hire: { workerId, managerId: '10026', location: { code: 'LIS', city: 'Lisbon', country: 'PT' } },
  stage: 'open',
  isEmployee: true,
  adGroups: ['GG-Staff', 'GG-Finance', 'GG-Office-LIS'],
  entraGroups: ['All Employees', 'Finance Team', 'Lisbon Office'],
  licence: 'SPE_E3',
  ociGroups: ['OCI Staff', 'OCI Auditors'],
};

/** Somebody goes on leave and comes back early: accounts and access stay all the time. */
export const leaveAndReturn: Act = {
  title: 'Somebody goes on leave, and comes back earlier than planned',
  early: async ({ control }) => {
    if ((await knownWorker(control, workerId)).leave != null) return;
    const today = dateAt(await control.now(), zone);
    await control.change(workerId, { status: 'leave', leave: { from: daysLater(today, -20), to: daysLater(today, 60) } });
  },
  play: async (stage) => {
    const worker = await knownWorker(stage.control, workerId);
    const name = fullName(worker);
    await follow(name, 'leave', 'on leave: keeps everything, the manager is told', stage);
    const meanwhile = checkOpen(unchanged, await readWorld(stage.control));
    if (worker.status === 'leave') {
      const today = dateAt(await stage.control.now(), zone);
      await stage.control.change(workerId, { status: 'active', leave: { from: worker.leave?.from ?? today, to: daysLater(today, -1) } });
    }
    await follow(name, 'return', 'back: access by the rules', stage);
    const back = await eventually(stage, (world) => [{ name: `${name}, back`, findings: checkOpen(unchanged, world) }]);
    return [{ name: `${name}, on leave`, findings: meanwhile }, ...back];
  },
};

function follow(name: string, workflow: string, words: string, stage: Stage): Promise<void> {
  return followRuns([{ workerId, name, workflow, lines: (run) => describeRun(name, run, words) }], stage);
}
