import { expect, it } from 'vitest';
import { runRehearsal } from '../../scripts/rehearse/run-rehearsal.ts';
import { sized } from '../support/full-size.ts';

const hour = 3_600_000;
const size = sized({ people: 60, days: 50, happenings: 10, faults: 8 }, { people: 200, days: 90, happenings: 20, faults: 20 });

it(
  `leaves ${size.people} people after ${size.days} days as HR’s word alone lets one expect, though calls fail and the product is killed in between`,
  { timeout: 600_000 },
  async () => {
    const report = await runRehearsal({
      seed: 7,
      people: size.people,
      days: size.days,
      happenings: size.happenings,
      kills: 1,
      failPercent: 5,
      weekdays: [1],
      windowMs: 168 * hour,
      nightlyDays: 14,
      patienceMs: 60_000,
    });
    expect(report.findings).toEqual([]);
    expect(Object.values(report.faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(size.faults);
  },
);
