import { dateAt, daysLater } from '../calendar.ts';
import { describeRun } from '../describe-run.ts';
import { describeStrip } from '../describe-strip.ts';
import { followRuns } from '../follow-runs.ts';
import { fullName } from '../full-name.ts';
import { checkOpen } from '../verify/check-open.ts';
import { compare, type Expectation, type Finding } from '../verify/expected.ts';
import { eventually } from '../verify/eventually.ts';
import { readWorld, type World } from '../verify/read-world.ts';
import type { Act, Stage } from './act.ts';
import { knownWorker } from './known-worker.ts';

const workerId = '10015';
const zone = 'Europe/Lisbon';
const lisbon = { code: 'LIS', city: 'Lisbon', country: 'PT' } as const;
const newRole = { department: 'People', jobTitle: 'People Partner', jobCode: 'HRP1', managerId: '10005' } as const;

/** With the access of the new role only: nothing of Platform, and no developers' group. */
const back: Expectation = {
  hire: { workerId, managerId: newRole.managerId, location: lisbon },
  stage: 'open',
  isEmployee: true,
  adGroups: ['GG-Staff', 'GG-People', 'GG-Office-LIS'],
  entraGroups: ['All Employees', 'People Team', 'Lisbon Office'],
  licence: 'SPE_E3',
  ociGroups: ['OCI Staff'],
  jobTitle: newRole.jobTitle,
};

/** Somebody who left comes back in another role: the same accounts, the new access. */
export function rehire(): Act {
  let before: Ids | undefined;
  return {
    title: 'Somebody who left comes back in another role',
    early: async ({ control }) => {
      const { status, department } = await knownWorker(control, workerId);
      if (status !== 'active' || department === newRole.department) return;
      before = idsIn(await readWorld(control));
      await control.change(workerId, { status: 'terminated', lastDay: daysLater(dateAt(await control.now(), zone), -1) });
    },
    play: async (stage) => {
      const worker = await knownWorker(stage.control, workerId);
      const name = fullName(worker);
      if (worker.status === 'terminated') await comeBack(name, stage);
      await followRuns([{ workerId, name, workflow: 'rehire', lines: (run) => describeRun(name, run) }], stage);
      const same = (world: World) => (before === undefined ? [] : checkSame(before, idsIn(world)));
      return eventually(stage, (world) => [{ name, findings: [...checkOpen(back, world), ...same(world)] }]);
    },
  };
}

async function comeBack(name: string, stage: Stage): Promise<void> {
  await followRuns([{ workerId, name, workflow: 'leaver-strip', lines: (run) => describeStrip(name, run, stage.screen.width) }], stage);
  const today = dateAt(await stage.control.now(), zone);
  await stage.control.change(workerId, { status: 'active', lastDay: null, hireDate: today, ...newRole });
}

type Ids = Readonly<Record<'AD' | 'Entra' | 'OCI', string | undefined>>;

function idsIn({ directory, graph, oci }: World): Ids {
  return {
    AD: directory.find(({ employeeID }) => employeeID === workerId)?.objectGUID,
    Entra: graph.users.find(({ employeeId, deleted }) => employeeId === workerId && !deleted)?.id,
    OCI: oci.find(({ employeeNumber }) => employeeNumber === workerId)?.id,
  };
}

function checkSame(before: Ids, after: Ids): readonly Finding[] {
  return (['AD', 'Entra', 'OCI'] as const).flatMap((part) => compare(part, 'the same account as before', before[part], after[part]));
}
