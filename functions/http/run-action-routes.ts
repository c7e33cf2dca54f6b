import type { HttpRequest } from '@azure/functions';
import { z } from 'zod';
import { cancelRun } from '../../shared/operations/on-demand/cancel-run.ts';
import { demandPlan, demandRuns } from '../../shared/operations/on-demand/demand-runs.ts';
import type { RunAction } from '../../shared/operations/on-demand/run-action.ts';
import { retryRun } from '../../shared/operations/on-demand/retry-run.ts';
import { skipStep } from '../../shared/operations/on-demand/skip-step.ts';
import { undoRun } from '../../shared/operations/on-demand/undo-run.ts';
import { timed } from '../../shared/operations/run-view.ts';
import type { Run } from '../../shared/ports/registry/runs.ts';
import type { Product } from '../compose/compose.ts';
import type { Caller } from '../compose/token-check.ts';
import { apiRoute, type Handler } from './api-route.ts';
import { bodyOf } from './body-of.ts';
import { namedPeople } from './plan-routes.ts';
import { peopleNamed } from './people-named.ts';

const reason = z.string().min(1, { error: 'must say why' }).max(1000);
const ofWorkflow = z.strictObject({ workflow: z.string().min(1), people: namedPeople, reason });
const ofPlan = z.strictObject({ planId: z.string().min(1), hash: z.string().min(1), reason });
const demand = z.union([ofPlan, ofWorkflow], { error: 'must be {workflow, people, reason} or {planId, hash, reason}' });

/** `POST /api/runs`: runs of a workflow for people, or of a plan that they were shown, bound to it. */
export function createRuns(product: Product): Handler {
  return acting(product, async (request, { actor }) => {
    const { operations } = product;
    const body = await bodyOf(request, demand);
    if ('planId' in body) return demandPlan(operations, { ...body, actor });
    const people = await peopleNamed(operations.registry, body.people);
    return demandRuns(operations, { ...body, people, actor });
  });
}

type Act = (product: Product, action: RunAction, request: HttpRequest) => Promise<readonly Run[]>;

/** `POST /api/runs/{id}/cancel`: ends a run that is not over. */
export function cancelRunRoute(product: Product): Handler {
  return onRun(product, async ({ operations }, action) => [await cancelRun(operations, action)]);
}

/** `POST /api/runs/{id}/retry`: a new run of the same workflow by what is known today. */
export function retryRunRoute(product: Product): Handler {
  return onRun(product, ({ operations, looks }, action) => retryRun(operations, action, looks.mayUndo));
}

/** `POST /api/runs/{id}/undo`: a run that takes back what this one did. */
export function undoRunRoute(product: Product): Handler {
  return onRun(product, ({ operations, looks }, action) => undoRun(operations, action, looks.mayUndo));
}

/** `POST /api/runs/{id}/steps/{step}/skip`: the run goes on without the step. */
export function skipStepRoute(product: Product): Handler {
  return onRun(product, async ({ operations }, action, request) => [
    await skipStep(operations, { ...action, stepId: request.params['step'] ?? '' }),
  ]);
}

function onRun(product: Product, act: Act): Handler {
  return acting(product, async (request, { actor }) => {
    const { reason: why } = await bodyOf(request, z.strictObject({ reason }));
    return act(product, { runId: request.params['id'] ?? '', actor, reason: why }, request);
  });
}

/** Answers the runs that it is about, and starts what is due for their people. */
function acting(product: Product, act: (request: HttpRequest, caller: Caller) => Promise<readonly Run[]>): Handler {
  return apiRoute(product, 'operator', async (request, caller) => {
    const runs = await act(request, caller);
    await startAll(product, runs);
    return { runs: await Promise.all(runs.map((run) => named(product, run))) };
  });
}

/** A timer would start them within seconds; whoever asks for one person should not wait for it. */
async function startAll({ askWork }: Product, runs: readonly Run[]): Promise<void> {
  const people = [...new Set(runs.map(({ personId }) => personId))];
  await askWork.start(people.slice(0, startedAtOnce));
}

const startedAtOnce = 20;

async function named({ operations: { registry } }: Product, run: Run) {
  const [now, person] = await Promise.all([registry.stores.runs.byId(run.id), registry.stores.people.byId(run.personId)]);
  return { ...timed(now ?? run), displayName: person?.displayName ?? '' };
}
