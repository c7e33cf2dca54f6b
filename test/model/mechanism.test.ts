import { describe, expect, it } from 'vitest';
import { explore } from './explore.ts';
import { mechanism } from './mechanism.ts';
import { printTrace } from './print-trace.ts';
import { asItIs, type Setting } from './setting.ts';

/*
 * Every interleaving of a small mechanism: one person, a hire and a correction, workers that die anywhere, answers that get lost, deliveries that come twice.
 * In each state: one account at most, one mail at most, one open intent at most for an object, one run at most in a lane, no run `done` unless the target holds
 * the state, no write but within a lease, that of a superseded run within one from before. And from each state a good end can be reached.
 */
const most = 400_000;

const settings: readonly (readonly [what: string, setting: Partial<Setting>, atLeast: number])[] = [
  ['an account and a mail, with one worker', { tasks: ['account', 'mail'], workers: 1 }, 100_000],
  ['an account, with a worker for each of two runs', { isCalledAgain: 'when dead', copies: 1 }, 40_000],
  ['a mail, with a worker for each of two runs', { tasks: ['mail'], isCalledAgain: 'when dead', copies: 1 }, 80_000],
  ['a mail whose activities are delivered to two workers at once', { tasks: ['mail'], events: 1 }, 30_000],
  ['an account that two workflows see to, whose activities are delivered to two workers at once', { events: 1, workflows: 2 }, 20_000],
  ['an account whose run is started late, twice, and again while it goes on', { events: 1, workers: 1, attempts: 2, starts: 2 }, 10_000],
  ['an account, the instances of runs that are over followed to their end', { workers: 1, areEndedFollowed: true }, 30_000],
];

describe('Whatever happens, and in whatever order,', () => {
  it.each(settings)('the laws hold and a good end stays within reach: %s', { timeout: 120_000 }, (what, setting, atLeast) => {
    const found = explore(mechanism({ ...asItIs, ...setting }), most);
    expect(found.finding, printTrace(found)).toBeNull();
    expect(found.states).toBeGreaterThan(atLeast);
    expect(found.goodEnds).toBeGreaterThan(0);
    console.info(`${what}: ${found.states} states, ${found.moves} moves`);
  });
});
