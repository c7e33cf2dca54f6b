import { setTimeout as pause } from 'node:timers/promises';
import { describeContainment } from '../describe-containment.ts';
import { followRuns } from '../follow-runs.ts';
import { fullName } from '../full-name.ts';
import type { Sweep } from '../gatehouse-api.ts';
import { wrapped } from '../paint.ts';
import { checkShut } from '../verify/check-shut.ts';
import { eventually } from '../verify/eventually.ts';
import { readWorld } from '../verify/read-world.ts';
import type { Act, Stage } from './act.ts';
import { knownWorker } from './known-worker.ts';
import { planned as workerId } from './leavers.ts';

const lookEveryMs = 200;
const patienceMs = 60_000;

/** An administrator activates a leaver's user in OCI by hand. OCI tells nobody; the leaver sweep finds it and closes it. */
export const openedByHand: Act = {
  title: 'Behind our back, an administrator opens a leaver’s account again',
  play: async (stage) => {
    const name = fullName(await knownWorker(stage.control, workerId));
    if (!(await wasSwept(stage))) {
      const user = (await readWorld(stage.control)).oci.find(({ employeeNumber }) => employeeNumber === workerId);
      if (user !== undefined) await stage.control.openInOci(user.id);
      const { looked, found, repaired, raised } = await sweep(stage);
      const words = `${name} is active in OCI again. The sweep looks at ${looked} who left: ${found} found open, ${repaired} closed, ${raised} left to people`;
      for (const line of wrapped(words, 2, stage.screen.width)) stage.screen.print(line);
    }
    const { width } = stage.screen;
    const lines = (run: Parameters<typeof describeContainment>[1]) => describeContainment(name, run, { width });
    await followRuns([{ workerId, name, workflow: 'leaver-contain', is: ({ askedBy }) => askedBy === 'sweep', lines }], stage);
    return eventually(stage, (world) => [{ name: `${name}, opened by hand`, findings: checkShut(workerId, world) }]);
  },
};

/** After three repairs of the same thing a sweep leaves it to people, so that it is done on the first start only. */
async function wasSwept({ api }: Stage): Promise<boolean> {
  const runs = await api.runsOf(`generic:${workerId}`);
  return runs?.some(({ askedBy }) => askedBy === 'sweep') ?? false;
}

async function sweep({ api, signal }: Stage): Promise<Sweep> {
  const id = await api.sweep();
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const last = await api.lastSweep();
    if (last?.id === id && last.endedAt !== null) return last;
    await pause(lookEveryMs, undefined, { signal });
  }
  throw new Error(`The sweep ${id} has not ended within a minute: see GET /api/sweep and the host’s log.`);
}
