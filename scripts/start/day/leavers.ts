import { dateAt, daysLater } from '../calendar.ts';
import { describeContainment } from '../describe-containment.ts';
import { describeStrip } from '../describe-strip.ts';
import { type Expected, followRuns } from '../follow-runs.ts';
import { fullName } from '../full-name.ts';
import { checkTold } from '../verify/check-told.ts';
import { checkShut } from '../verify/check-shut.ts';
import { eventually } from '../verify/eventually.ts';
import { readWorld } from '../verify/read-world.ts';
import type { Verdict } from '../verify/verdict.ts';
import type { Act, Stage } from './act.ts';
import { agree } from './agree.ts';
import { knownWorker } from './known-worker.ts';
import { checkOpenMeanwhile, checkReports, leftToPeople, nextManager, reports } from './protected-leaver.ts';

/** Her last day is today; HR said at what moment her access ends. */
export const planned = '10013';
const immediate = '10016';
const privileged = '10008';
const accessEndsInMs = 15_000;
/** Of config/protection.yaml. */
const approvers = ['margarida.vasconcelos@contoso.example', 'helpdesk@contoso.example'];
/** Nobody else privileged leaves in the simulated company. */
const none: ReadonlySet<string> = new Set();

/** Three people leave: one as planned, one at once, and one who holds privileges, for whom two approvers have to agree. */
export const threeLeavers: Act = {
  title: 'Three people leave',
  early: async ({ control }) => {
    await control.allowPrivileged();
    const { accessEnds, timeZone } = await knownWorker(control, planned);
    if (accessEnds != null) return;
    const now = await control.now();
    const ends = new Date(now + accessEndsInMs).toISOString();
    await control.change(planned, { lastDay: dateAt(now, timeZone ?? 'UTC'), accessEnds: ends });
  },
  play: async (stage) => {
    for (const workerId of [immediate, privileged]) await terminate(workerId, stage);
    await followRuns([await contained(planned, stage), await contained(immediate, stage), await contained(privileged, stage)], stage);
    const meanwhile = await agreed(stage);
    await followRuns(await Promise.all([planned, immediate, privileged].map((one) => stripped(one, stage))), stage);
    await followRuns(await Promise.all(reports.map((workerId) => reported(workerId, stage))), stage);
    return [...meanwhile, ...(await verdicts(stage))];
  },
};

async function terminate(workerId: string, { control }: Stage): Promise<void> {
  const { status, timeZone } = await knownWorker(control, workerId);
  if (status === 'terminated') return;
  const yesterday = daysLater(dateAt(await control.now(), timeZone ?? 'UTC'), -1);
  await control.change(workerId, { status: 'terminated', lastDay: yesterday, terminationKind: 'involuntary' });
}

async function contained(workerId: string, stage: Stage): Promise<Expected> {
  const name = await nameIn(workerId, stage);
  const { width } = stage.screen;
  const lines: Expected['lines'] = (run) => describeContainment(name, run, { width, remains: workerId === immediate });
  return { workerId, name, workflow: 'leaver-contain', waits: true, lines };
}

async function stripped(workerId: string, stage: Stage): Promise<Expected> {
  const name = await nameIn(workerId, stage);
  return { workerId, name, workflow: 'leaver-strip', lines: (run) => describeStrip(name, run, stage.screen.width) };
}

async function reported(workerId: string, stage: Stage): Promise<Expected> {
  return { workerId, name: await nameIn(workerId, stage), workflow: 'manager-left', lines: () => [] };
}

/** Lets two approvers agree where that is still open; answers what was so until then. */
async function agreed(stage: Stage): Promise<readonly Verdict[]> {
  const name = await nameIn(privileged, stage);
  const before = await readWorld(stage.control);
  const since = await agree(privileged, stage);
  if (since === undefined) return [];
  const { width } = stage.screen;
  const lines: Expected['lines'] = (run) => describeContainment(name, run, { since, width });
  await followRuns([{ workerId: privileged, name, workflow: 'leaver-contain', is: ({ state }) => state !== 'held', lines }], stage);
  const paged = approvers.map((address) => ({ address, subject: 'Two approvers are needed at once', before: none }));
  return eventually(stage, (world) => [
    {
      name: `${name}, until two agreed`,
      findings: [...checkOpenMeanwhile(privileged, before), ...paged.flatMap((told) => checkTold(told, world))],
    },
  ]);
}

async function verdicts(stage: Stage): Promise<readonly Verdict[]> {
  const [her = '', him = '', other = '', next = ''] = await Promise.all(
    [planned, immediate, privileged, nextManager].map((one) => nameIn(one, stage)),
  );
  const found = await eventually(stage, (world) => [
    { name: her, findings: checkShut(planned, world) },
    { name: him, findings: checkShut(immediate, world) },
    { name: other, findings: checkShut(privileged, world, leftToPeople) },
    { name: `those who reported to ${other}`, findings: checkReports(world) },
  ]);
  if (found.at(-1)?.findings.length === 0)
    stage.screen.print(`    ${reports.length} people who reported to ${other} report to ${next} now`);
  return found;
}

async function nameIn(workerId: string, { control }: Stage): Promise<string> {
  return fullName(await knownWorker(control, workerId));
}
