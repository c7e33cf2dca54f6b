import type { InvocationContext } from '@azure/functions';
import type { ActivityHandler } from 'durable-functions';
import type { ActivityName, Again } from '../orchestrations/durable.ts';
import { urgently } from '../shared/connectors/http/urgency.ts';
import { claimRun } from '../shared/operations/claim-run.ts';
import { endRun } from '../shared/operations/end-run.ts';
import { parkRun } from '../shared/operations/park-run.ts';
import { performStep } from '../shared/operations/perform-step.ts';
import { beginSweep } from '../shared/operations/sweep/begin-sweep.ts';
import { endSweep } from '../shared/operations/sweep/end-sweep.ts';
import { sweepPage } from '../shared/operations/sweep/sweep-page.ts';
import { aheadOfOthers } from '../shared/operations/ahead-of-others.ts';
import { type RunInput, startRunsOf } from '../shared/operations/start-runs.ts';
import type { Product } from './compose/compose.ts';
import { durableStarter } from './durable-starter.ts';

const troubledMs = 5000;
/** How long a step waits that has given way to containment. */
const givenWayMs = 5000;

/** The activities by name. None throws: what nobody foresaw, such as a registry that is away, asks to be called again. */
export function activities(product: Product): Readonly<Record<ActivityName, ActivityHandler>> {
  const { operations } = product;
  const ahead = aheadOfOthers(operations);
  const inItsLane = ({ lane }: RunInput) => (lane === 'contain' ? ahead : operations);
  return {
    'claim-run': untroubled(product, (input: Parameters<typeof claimRun>[1]) => claimRun(inItsLane(input), input)),
    'perform-step': untroubled(product, async (input: Parameters<typeof performStep>[1]) => {
      if (input.lane === 'contain') return first(product, () => urgently(() => performStep(ahead, input)));
      // It gives its place up instead of waiting in it: places are few, and containment needs one.
      return product.containFirst.mayPass() ? performStep(operations, input) : { is: 'again', afterMs: givenWayMs };
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
    'end-sweep': untroubled(product, async (input: Parameters<typeof endSweep>[1]) => {
      await endSweep(operations, input);
      return { is: 'ended' };
    }),
  };
}

/** What follows the run, or was asked while it was under way, need not wait for the timer; where it has to after all, the timer starts it. */
async function startFollowing({ operations, containFirst }: Product, { runId }: RunInput, context: InvocationContext): Promise<void> {
  if (!containFirst.mayPass()) return;
  try {
    const run = await operations.registry.stores.runs.byId(runId);
    if (run !== undefined) await startRunsOf(operations, durableStarter(context), run.personId);
  } catch (error) {
    operations.log.warn('What follows a run is started by the timer.', { runId, error: String(error) });
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
      product.operations.log.error('An activity could not do its work and is called again.', { error: String(error) });
      return { is: 'again', afterMs: troubledMs };
    }
  };
}
