import type { InvocationContext } from '@azure/functions';
import type { ActivityHandler } from 'durable-functions';
import type { ActivityName, Again } from '../orchestrations/durable.ts';
import { urgently } from '../shared/connectors/http/urgency.ts';
import { takeTurns } from '../shared/connectors/http/take-turns.ts';
import { claimRun } from '../shared/operations/claim-run.ts';
import { endRun } from '../shared/operations/end-run.ts';
import { parkRun } from '../shared/operations/park-run.ts';
import { performStep } from '../shared/operations/perform-step.ts';
import { beginSweep } from '../shared/operations/sweep/begin-sweep.ts';
import { endSweep } from '../shared/operations/sweep/end-sweep.ts';
import { sweepPage } from '../shared/operations/sweep/sweep-page.ts';
import { aheadOfOthers } from '../shared/operations/ahead-of-others.ts';
import { type RunInput, startRuns, startRunsOf } from '../shared/operations/start-runs.ts';
import type { Product } from './compose/compose.ts';
import { durableStarter } from './durable-starter.ts';

const troubledMs = 5000;
/**
 * How many steps that contain nobody are worked on at once in this process. `host.json` has places for all steps that can be under way (mostAtOnce of start-runs.ts), so that those that wait their turn
 * keep no place from containment.
 */
const otherStepsAtOnce = 16;

/** The activities by name. None throws: what nobody foresaw, such as a registry that is away, asks to be called again. */
export function activities(product: Product): Readonly<Record<ActivityName, ActivityHandler>> {
  const { operations } = product;
  const ahead = aheadOfOthers(operations);
  const inTurn = takeTurns(otherStepsAtOnce);
  const inItsLane = ({ lane }: RunInput) => (lane === 'contain' ? ahead : operations);
  return {
    'claim-run': untroubled(product, (input: Parameters<typeof claimRun>[1]) => claimRun(inItsLane(input), input)),
    'perform-step': untroubled(product, async (input: Parameters<typeof performStep>[1]) => {
      if (input.lane === 'contain') return first(product, () => urgently(() => performStep(ahead, input)));
      return inTurn(async () => {
        await product.containFirst.clear();
        return performStep(operations, input);
      });
    }),
    'park-run': untroubled(product, async (input: Parameters<typeof parkRun>[1]) => {
      await parkRun(inItsLane(input), input);
      return { is: 'parked' };
    }),
    'end-run': untroubled(product, async (input: Parameters<typeof endRun>[1], context) => {
      const state = await endRun(inItsLane(input), input);
      if (state !== 'superseded') await startFollowing(product, input, context);
      return { is: 'ended', state };
    }),
    'begin-sweep': untroubled(product, (input: Parameters<typeof beginSweep>[1]) => beginSweep(operations, input)),
    'sweep-page': untroubled(product, async (input: Parameters<typeof sweepPage>[1]) => ({
      is: 'swept',
      ...(await sweepPage(operations, input)),
    })),
    'end-sweep': untroubled(product, async (input: Parameters<typeof endSweep>[1], context) => {
      await endSweep(operations, input);
      await orLater(product, () => startRuns(operations, durableStarter(context)));
      return { is: 'ended' };
    }),
  };
}

/** What follows the run, or was asked while it was under way, need not wait for the timer. */
async function startFollowing(product: Product, { runId }: RunInput, context: InvocationContext): Promise<void> {
  const { operations, containFirst } = product;
  if (!containFirst.mayPass()) return;
  await orLater(product, async () => {
    const run = await operations.registry.stores.runs.byId(runId);
    if (run !== undefined) await startRunsOf(operations, durableStarter(context), run.personId);
  });
}

/** What cannot be started now the timer starts within seconds. */
async function orLater({ operations }: Product, start: () => Promise<unknown>): Promise<void> {
  try {
    await start();
  } catch (error) {
    operations.log.warn('What is due is started by the timer.', { error });
  }
}

async function first<Result>({ containFirst }: Product, work: () => Promise<Result>): Promise<Result> {
  const leave = containFirst.enter();
  try {
    return await work();
  } finally {
    leave();
  }
}

type Work<Input, Result> = (input: Input, context: InvocationContext) => Promise<Result>;

function untroubled<Input, Result>(product: Product, work: Work<Input, Result>): Work<Input, Result | Again> {
  return async (input, context) => {
    try {
      return await work(input, context);
    } catch (error) {
      product.operations.log.error('An activity could not do its work and is called again.', { error });
      return { is: 'again', afterMs: troubledMs };
    }
  };
}
