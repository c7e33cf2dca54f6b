import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchResult, milliseconds } from '../figures.ts';
import { readStored, startHostUnderLoad } from './host-under-load.ts';
import { against } from './against.ts';

const residentGoal = 300;
const readyGoalMs = 5000;
const woken = 100;

/** Instances that each have done an activity and wait for an event: what they hold in memory, how soon a killed host is back with them, and that they go on. */
export async function measureWaiting(folder: string, count: number): Promise<BenchResult> {
  const data = join(folder, 'waiting');
  mkdirSync(data);
  const first = await startHostUnderLoad(data);
  const stored = readStored(data);
  await first.startMany('waits', 'waiting', count);
  await stored.untilQuiet();
  const held = stored.count(0, 'Running').count;
  const resident = megabytes((await first.usage()).rss);
  await first.process.end('SIGKILL');
  const second = await startHostUnderLoad(data);
  const residentAgain = megabytes((await second.usage()).rss);
  for (let index = 0; index < woken; index += 1) await second.raise(`waiting-${index}`, 'Go', 1);
  await stored.untilQuiet();
  const gone = stored.count(0, 'Completed');
  stored.close();
  await second.process.end('SIGTERM');
  const expected = (woken * (woken - 1)) / 2 + 2 * woken;
  return {
    figures: [
      [`${count} waiting`, `${resident} MB resident ${against(`below ${residentGoal} MB`, resident < residentGoal)}`],
      [
        'killed, restarted',
        `ready after ${milliseconds(second.readyAfterMs)} ${against('below 5 s', second.readyAfterMs < readyGoalMs)}, ${residentAgain} MB resident`,
      ],
    ],
    failures: [
      ...(held === count ? [] : [`${count} instances started, ${held} wait`]),
      ...(gone.count === woken && gone.outputs === expected
        ? []
        : [`${woken} instances were woken after the restart, ${gone.count} completed`]),
    ],
  };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
