import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/*
 * The atomic steps of the model are the transactions, statements and target calls of the code. Where this list no longer fits, the code has gained or lost one:
 * see whether the model (the label in brackets) has to follow before the list is changed.
 */
const steps: Readonly<Record<string, readonly string[]>> = {
  // [the event is folded as revision n]
  'shared/operations/fold-event.ts': ['registry.transaction', 'people.lock', 'people.create'],
  'shared/operations/standing/learn.ts': ['people.saveEngagement'],
  'shared/operations/plan-runs.ts': ['people.raiseEpoch', 'runs.supersede'],
  'shared/operations/holds/lift-hr-locks.ts': ['locks.lift'],
  // Each of them one of three ways of the same move: carried on, waiting for its batch, or held.
  'shared/operations/standing/replan.ts': ['runs.plan', 'runs.plan'],
  // Time does what an event does: [the event is folded as revision n], under the same lock.
  'shared/operations/standing/reconsider-people.ts': ['registry.transaction', 'people.lock'],
  'shared/operations/decide-fact.ts': ['people.lock'],
  // [planned → starting] [its instance is taken for lost] [its start is repeated, startNew …]
  'shared/operations/start-runs.ts': ['registry.transaction', 'runs.beginStart', 'registry.transaction', 'runs.park', 'starter.start'],
  // [claims the run], and with the lane contain [places the lock], which the model of that lane has
  'shared/operations/claim-run.ts': ['registry.transaction', 'people.lock', 'runs.claim', 'locks.place'],
  // [sees …] [records the step]
  'shared/operations/perform-step.ts': ['registry.transaction', 'steps.record'],
  // [weighs the steps] [ends the run], and [plans what follows] in the same transaction
  'shared/operations/end-run.ts': ['registry.transaction', 'people.lock', 'runs.park', 'runs.end'],
  // The lock of a report belongs to the planning of other people's runs, which the model leaves out.
  'shared/operations/standing/plan-following.ts': ['people.lock', 'runs.plan'],
  // Parking is what an instance that is taken for lost does to its run: active → planned.
  'shared/operations/park-run.ts': ['registry.transaction', 'runs.park'],
  // [opens, takes over, finds another worker at it, learns that the run is superseded]
  'shared/gate/open-intent.ts': ['registry.transaction', 'people.lock', 'intents.open'],
  // [closes the intent]
  'shared/gate/close-intent.ts': ['registry.transaction', 'intents.close', 'links.record'],
  // [gives back the lease]
  'shared/gate/apply-change.ts': ['intents.release', 'intents.release'],
  // [sees the account …] [marks] [sends] [sees]; an answer noted down decides nothing in the model.
  'shared/gate/apply-reach.ts': [
    'look',
    'intents.markSending',
    'send',
    'intents.release',
    'intents.markAnswered',
    'look',
    'intents.release',
    'intents.release',
  ],
  // [finds …] [writes a draft] [marks] [sends] [finds]
  'shared/gate/apply-mail.ts': ['stateOf', 'draft', 'intents.markSending', 'send', 'intents.release', 'stateOf'],
  // [links the account]
  'shared/gate/adopt.ts': ['registry.transaction', 'people.lock', 'links.record'],
};

const writes =
  /\b(registry\.transaction|starter\.start|people\.(?:lock|create|saveEngagement|raiseEpoch)|locks\.(?:place|lift)|runs\.(?:plan|supersede|beginStart|claim|park|end)|steps\.record|links\.record|intents\.(?:open|markSending|markAnswered|release|close))\(|(?<=await |\)\.)(look|send)\(|(?<=\)\.)(draft|stateOf)\(/g;

describe('The atomic steps of the model are those of the code:', () => {
  it.each(Object.entries(steps))('%s', (path, expected) => {
    const text = readFileSync(join(root, path), 'utf8');
    expect([...text.matchAll(writes)].map(([found]) => found.slice(0, -1)).toSorted()).toEqual(expected.toSorted());
  });
});
