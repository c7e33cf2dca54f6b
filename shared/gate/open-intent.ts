import type { Outcome } from '../domain/change.ts';
import type { IntentRow } from '../ports/registry/intents.ts';
import type { Stores } from '../ports/registry/registry.ts';
import { bookBudget } from './book-budget.ts';
import { changeId, objectKey } from './change-id.ts';
import { type Asked, type GateDeps, leaseMs } from './gate-deps.ts';
import { refuseLocked } from './refuse-locked.ts';

/** How the commitment went. `name-taken` and `busy` ask to plan again; `stopped` says why nothing will be done. */
export type Commitment =
  | { readonly is: 'committed'; readonly row: IntentRow; readonly fresh: boolean }
  | { readonly is: 'closed'; readonly row: IntentRow }
  | { readonly is: 'busy'; readonly until: number }
  | { readonly is: 'name-taken' | 'superseded' }
  | { readonly is: 'stopped'; readonly outcome: Outcome };

/** Thrown inside the transaction to undo what it did so far. */
class Undo extends Error {
  readonly commitment: Commitment;
  constructor(commitment: Commitment) {
    super(commitment.is);
    this.commitment = commitment;
  }
}

/**
 * Commits to the change before it is applied: the person's epoch is checked under a shared lock, the pause and containment locks are heeded, its names are
 * reserved, the brakes' budgets booked and the intent opened, all in one transaction.
 */
export async function openIntent(deps: GateDeps, asked: Asked): Promise<Commitment> {
  try {
    return await deps.registry.transaction((stores) => commit(deps, stores, asked));
  } catch (error) {
    if (error instanceof Undo) return error.commitment;
    throw error;
  }
}

async function commit(deps: GateDeps, stores: Stores, { change, position, request }: Asked): Promise<Commitment> {
  const person = await stores.people.lock(request.personId, 'share');
  if (person === undefined || person.epoch !== request.epoch) return { is: 'superseded' };
  const refusal = await refuseLocked(stores, { change, request });
  if (refusal !== undefined) return { is: 'stopped', outcome: refusal };
  const now = deps.clock.now();
  const intent = {
    changeId: changeId(request.runId, request.stepId, change),
    runId: request.runId,
    stepId: request.stepId,
    position,
    personId: request.personId,
    objectKey: objectKey(change),
    lane: request.lane,
    epoch: request.epoch,
    change,
  };
  const opened = await stores.intents.open(intent, now, now + leaseMs);
  if (opened.is === 'closed' || opened.is === 'busy') return opened;
  await reserveNames(stores, change);
  const outcome = await bookBudget(deps, stores, { change, request });
  if (outcome !== undefined) throw new Undo({ is: 'stopped', outcome });
  return { is: 'committed', row: opened.row, fresh: opened.is === 'opened' };
}

async function reserveNames(stores: Stores, change: Asked['change']): Promise<void> {
  if (change.do !== 'create' && change.do !== 'update') return;
  for (const name of change.names ?? []) {
    if (!(await stores.names.reserve(change.person, name))) throw new Undo({ is: 'name-taken' });
  }
}
