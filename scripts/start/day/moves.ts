import { dateAt, daysLater } from '../calendar.ts';
import { describeRun } from '../describe-run.ts';
import { followRuns } from '../follow-runs.ts';
import { fullName } from '../full-name.ts';
import type { NewHire } from '../sample-hires.ts';
import { checkOpen } from '../verify/check-open.ts';
import type { Expectation } from '../verify/expected.ts';
import { eventually } from '../verify/eventually.ts';
import type { World } from '../verify/read-world.ts';
import type { Act, Stage } from './act.ts';
import { knownWorker } from './known-worker.ts';
import { movedLine } from './moved-line.ts';

type Access = Pick<Expectation, 'adGroups' | 'entraGroups' | 'ociGroups'>;
type Move = {
  readonly workerId: string;
  /** As HR enters it. */
  readonly change: Pick<NewHire, 'jobTitle' | 'location' | 'managerId'> & Partial<Pick<NewHire, 'department' | 'jobCode' | 'timeZone'>>;
  readonly isEmployee: boolean;
  readonly licence: string;
  readonly now: Access;
  /** What the old role gave, and only that: it ends with the grace. */
  readonly until: Access;
  readonly zone: string;
};

const none: Access = { adGroups: [], entraGroups: [], ociGroups: [] };
const graceDays = 7;
const berlin = { code: 'BER', city: 'Berlin', country: 'DE' } as const;

/** Said by hand from config/access.yaml, as `expectationOf` is for hires. */
const moves: readonly Move[] = [
  {
    // Hired this morning for Finance in New York; HR sees that this was wrong.
    workerId: '30005',
    change: {
      department: 'People',
      jobTitle: 'Recruiter',
      jobCode: 'HRP1',
      location: { code: 'LON', city: 'London', country: 'GB' },
      managerId: '10005',
      timeZone: 'Europe/London',
    },
    isEmployee: true,
    licence: 'SPE_E3',
    now: {
      adGroups: ['GG-Staff', 'GG-People', 'GG-Office-LON'],
      entraGroups: ['All Employees', 'People Team', 'London Office'],
      ociGroups: ['OCI Staff'],
    },
    until: { adGroups: ['GG-Finance', 'GG-Office-NYC'], entraGroups: ['Finance Team', 'New York Office'], ociGroups: [] },
    zone: 'Europe/London',
  },
  {
    workerId: '10012',
    change: { jobTitle: 'Site Reliability Lead', location: berlin, managerId: '10002' },
    isEmployee: true,
    licence: 'SPE_E3',
    now: {
      adGroups: ['GG-Staff', 'GG-Platform', 'GG-Office-BER'],
      entraGroups: ['All Employees', 'Platform Team', 'Berlin Office'],
      ociGroups: ['OCI Staff', 'OCI Developers'],
    },
    until: none,
    zone: 'Europe/Berlin',
  },
  {
    // The contractor: what he had before Gatehouse came was not given by a rule, and stays.
    workerId: '20003',
    change: { jobTitle: 'Contract Reliability Engineer', location: berlin, managerId: '10012', timeZone: 'Europe/Berlin' },
    isEmployee: false,
    licence: 'SPE_F1',
    now: {
      adGroups: [],
      entraGroups: ['All Contractors', 'Platform Team', 'Lisbon Office', 'Berlin Office'],
      ociGroups: ['OCI Staff', 'OCI Developers'],
    },
    until: none,
    zone: 'Europe/Berlin',
  },
];

/** Three people move: one to another department, office and manager, one becomes a manager, and a contractor changes office and reports to the new manager. */
export const threeMoves: Act = {
  title: 'Three people move',
  play: async (stage) => {
    for (const { workerId, change } of moves) await stage.control.change(workerId, change);
    await followRuns(await Promise.all(moves.map((move) => followed(move, stage))), stage);
    const people = await Promise.all(
      moves.map(async (move) => ({ move, name: fullName(await knownWorker(stage.control, move.workerId)) })),
    );
    return eventually(stage, (world) => people.map(({ move, name }) => ({ name, findings: checkOpen(expectationOf(move, world), world) })));
  },
};

async function followed({ workerId }: Move, stage: Stage) {
  const name = fullName(await knownWorker(stage.control, workerId));
  return {
    workerId,
    name,
    workflow: 'mover',
    lines: async (run: Parameters<typeof describeRun>[1]) => describeRun(name, run, await movedLine(run, stage.api)),
  };
}

function expectationOf({ workerId, change, isEmployee, licence, now, until, zone }: Move, world: World): Expectation {
  const movedAt = world.hr.workers.find((worker) => worker.workerId === workerId)?.updatedAt ?? '';
  const isGrace = dateAt(world.now, zone) < daysLater(dateAt(Date.parse(movedAt), zone), graceDays);
  const held = (part: keyof Access) => [...now[part], ...(isGrace ? until[part] : [])];
  return {
    hire: { workerId, managerId: change.managerId, location: change.location },
    stage: 'open',
    isEmployee,
    adGroups: held('adGroups'),
    entraGroups: held('entraGroups'),
    ociGroups: held('ociGroups'),
    licence,
    jobTitle: change.jobTitle,
  };
}
