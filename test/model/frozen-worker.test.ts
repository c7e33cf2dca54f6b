import { describe, expect, it } from 'vitest';
import { explore } from './explore.ts';
import { mechanism } from './mechanism.ts';
import { printTrace } from './print-trace.ts';
import { sized } from '../support/full-size.ts';
import { asItIs, type Setting } from './setting.ts';

const lateWrite = 'a worker writes only within its lease';
const freezing: Setting = { ...asItIs, copies: 1, freezes: 1, isCalledAgain: 'when frozen' };

/* The one thing that is not prevented: a worker that was frozen between its last check and its write, and thaws after its lease, still writes. */
describe('A worker that is frozen beyond its lease', () => {
  it('may write after it', () => {
    const found = explore(mechanism(freezing), 100_000);
    expect(printTrace(found)).toMatchInlineSnapshot(`
      "Broken: a worker writes only within its lease.
        1  the hire is delivered
        2  the hire is folded as revision 1
        3  run 1: planned → starting
        4  run 1.1: startNew begins the instance
        5  worker 1: is given “claim” of run 1.1
        6  worker 1: claims the run
        7  worker 1: answers: done
        8  worker 1: is given “account” of run 1.1
        9  worker 1: sees nothing left open
       10  worker 1: sees no account; plans to create it as of revision 1
       11  worker 1: opens the create
       12  worker 1: sees no account
       13  worker 1: marks the create as being sent
       14  worker 1: is frozen until its lease has run out
       15  worker 1: sends the create: it is carried out"
    `);
  });

  const cases: readonly (readonly [string, Partial<Setting>])[] = [
    ['an account, while its run goes on', { events: 1 }],
    ['a mail, while its run goes on', { events: 1, tasks: ['mail'] }],
    ['an account, when its run is superseded', { isCalledAgain: 'when dead' }],
  ];
  it.each(cases.slice(0, sized(1, cases.length)))(
    'breaks no other law, and leaves a good end within reach: %s',
    { timeout: 120_000 },
    (what, setting) => {
      const found = explore(mechanism({ ...freezing, ...setting }, [lateWrite]), 400_000);
      expect(found.finding, printTrace(found)).toBeNull();
      expect(found.goodEnds).toBeGreaterThan(0);
      console.info(`a frozen worker, ${what}: ${found.states} states, ${found.moves} moves`);
    },
  );
});
