import { describe, expect, it } from 'vitest';
import { explore } from './explore.ts';
import { mechanism } from './mechanism.ts';
import { printTrace } from './print-trace.ts';
import { asItIs, type Fault, type Setting } from './setting.ts';
import type { Law } from './state.ts';

type Planted = readonly [fault: Fault, setting: Partial<Setting>, found: Law | 'stuck', last: string];
const stuck = 'stuck';
const perRun = { isCalledAgain: 'when dead', copies: 1 } as const;

/* What each part of the mechanism is for: taken out, the exploration finds what it prevents. */
const planted: readonly Planted[] = [
  ['lanes are not unique', { events: 1, workflows: 2 }, 'one run at most in a lane', 'run 2: planned → starting'],
  ['the epoch is not checked', perRun, 'a superseded run writes only within a lease from before', 'sends the create: it is carried out'],
  ['objects are not unique', perRun, 'one open intent at most for an object', 'opens the create'],
  ['leases are not respected', { events: 1 }, 'a worker writes only within its lease', 'sends the create: it is carried out'],
  ['no look on take-over', { tasks: ['mail'], events: 1, workers: 1 }, 'one mail at most', 'sends the mail: it is carried out'],
  ['closed without a look', { events: 1, workers: 1 }, 'done only when the target holds the state', 'ends the run: done'],
  ['claims are not checked', { workers: 1, areEndedFollowed: true }, 'one run at most in a lane', 'claims the run'],
  ['starts are not repeated', { events: 1, workers: 1 }, stuck, 'the starter dies before startNew'],
  ['what a superseded run sent is forgotten', { tasks: ['mail'], workers: 1 }, 'one mail at most', 'sends the mail: it is carried out'],
  ['any draft is sent', { tasks: ['mail'], events: 1, workers: 1 }, 'one mail at most', 'sends the mail: it is carried out'],
  ['a found account is waited for', { workers: 1 }, stuck, 'the target shows the account everywhere'],
  ['a late worker records over an earlier one', { events: 1 }, stuck, 'records the step as waiting'],
  [
    'a run ends without asking what it left out',
    { tasks: ['mail', 'account'], events: 1 },
    'done only when the target holds the state',
    'ends the run: done',
  ],
  // Two runs may each create one: the first worker's account is still hidden when the second looks. The target's unique name is what prevents it.
  ['names are not unique in the target', { workers: 1 }, 'one account at most', 'sends the create: it is carried out'],
];

describe('The model notices when', () => {
  it.each(planted)('%s', { timeout: 60_000 }, (fault, setting, expected, last) => {
    const found = explore(mechanism({ ...asItIs, ...setting, faults: [fault] }), 300_000);
    const law = found.finding?.is === 'broken' ? found.finding.law : found.finding?.is;
    expect(law, printTrace(found)).toBe(expected);
    expect(found.trace.at(-1)).toContain(last);
    expect(found.trace.length).toBeLessThan(45);
  });

  it('a trace is printed for people to read', () => {
    const found = explore(mechanism({ ...asItIs, events: 1, workers: 1, faults: ['closed without a look'] }), 10_000);
    expect(printTrace(found)).toMatchInlineSnapshot(`
      "Broken: done only when the target holds the state.
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
       14  worker 1: sends the create: lost on its way
       15  worker 1: closes the intent of the create: done
       16  worker 1: records the step as done
       17  worker 1: answers: done
       18  worker 1: is given “end” of run 1.1
       19  worker 1: weighs the steps: done
       20  worker 1: ends the run: done"
    `);
  });

  it('one and the same run creates one account even where names are not unique', () => {
    const found = explore(mechanism({ ...asItIs, events: 1, faults: ['names are not unique in the target'] }), 100_000);
    expect(found.finding, printTrace(found)).toBeNull();
  });
});
