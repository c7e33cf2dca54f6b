import type { Change, Outcome } from '../../domain/change.ts';
import { admit } from '../../gate/admit.ts';
import type { GateRequest } from '../../gate/gate-deps.ts';
import { refuseLocked } from '../../gate/refuse-locked.ts';
import type { OperationDeps } from '../deps.ts';
import { isStandIn } from './imagined.ts';
import type { Verdict } from './plan-body.ts';

/**
 * What the gate would say to a change now, by those of its checks that only read: modes, authority, protection, pause and containment locks. Brakes are counted over the whole plan, and
 * what is not there yet cannot be looked at.
 */
export async function verdictOn(deps: OperationDeps, change: Change, request: GateRequest): Promise<Verdict> {
  const locked = await refuseLocked(deps.registry.stores, { change, request });
  if (locked !== undefined) return fromOutcome(locked);
  const mode = deps.gate.policy.mode(change.target);
  if (mode !== 'enforce') return { is: 'only-shown', reason: `${change.target} is in ${mode}: nothing is written to it.` };
  if (isOfNewAccount(change)) return { is: 'would' };
  const admission = await admit(deps.gate, { change, position: 0, request });
  return admission.is === 'admitted' ? { is: 'would' } : fromOutcome(admission.outcome);
}

function isOfNewAccount(change: Change): boolean {
  const refs = 'other' in change ? [change.object, change.other] : [change.object];
  return refs.some((ref) => !('id' in ref) || isStandIn(ref.id));
}

function fromOutcome(outcome: Outcome): Verdict {
  switch (outcome.is) {
    case 'done':
    case 'already':
      return { is: 'would' };
    case 'waiting':
      return { is: 'waits', reason: outcome.reason };
    case 'failed':
    case 'unknown':
      return { is: 'refused', reason: outcome.problem.message };
    case 'skipped':
      return { is: 'only-shown', reason: outcome.reason.message };
    case 'refused':
    case 'held':
      return { is: outcome.is, reason: outcome.reason.message };
  }
}
