import type { SmokeOptions } from './read-smoke-options.ts';

/** The person who is hired and leaves again. */
export type SmokePerson = {
  readonly workerId: string;
  /** The file of workers that says they work here since yesterday, or that yesterday was their last day. */
  file(standing: 'here' | 'left'): string;
};

/** What every worker id of this command begins with, so that whoever finds one knows what it is. */
const smokePrefix = 'SMOKE-';

const dayMs = 86_400_000;

/** Makes up somebody whose id, in at most 16 letters as Entra takes, is of this moment and nobody else's. `now` is the time by which Gatehouse lives. */
export function smokePerson({ workerType, facts }: SmokeOptions, now: number): SmokePerson {
  const stamp = Date.now().toString(36).toUpperCase();
  const workerId = `${smokePrefix}${stamp}`;
  // Whatever the zone, the day before yesterday is over.
  const day = (daysAgo: number): string => new Date(now - daysAgo * dayMs).toISOString().slice(0, 10);
  const file = (standing: 'here' | 'left'): string => {
    const row = {
      'Worker ID': workerId,
      Status: standing === 'here' ? 'active' : 'terminated',
      'Worker type': workerType,
      'First name': 'Smoke',
      'Last name': `Test ${stamp}`,
      'Hire date': day(3),
      'Last day': standing === 'here' ? '' : day(2),
      ...facts,
    };
    return `${[Object.keys(row), Object.values(row)].map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`;
  };
  return { workerId, file };
}

/** RFC 4180, section 2. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
