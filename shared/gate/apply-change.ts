import type { Act, Change, Outcome } from '../domain/change.ts';
import type { IntentRow } from '../ports/registry/intents.ts';
import type { Admitted } from '../ports/writers/admitted.ts';
import { admit } from './admit.ts';
import { applyActivation } from './apply-activation.ts';
import { applyMail } from './apply-mail.ts';
import { applyPass } from './apply-pass.ts';
import { applyReach } from './apply-reach.ts';
import { applyRevocation } from './apply-revocation.ts';
import { closeIntent } from './close-intent.ts';
import type { Asked, GateDeps } from './gate-deps.ts';
import { isPrivileged } from './is-privileged.ts';
import { lookAgain } from './look-again.ts';
import { openIntent } from './open-intent.ts';
import type { Passage } from './passage.ts';

/**
 * Takes one change through the gate: admitted, committed to, applied, verified, recorded. The only way in which anything is written to a target. What this process has no rights for goes through the gate of
 * the one that has them.
 */
export async function applyChange(deps: GateDeps, asked: Asked): Promise<Passage> {
  if (deps.handOver !== undefined && isPrivileged(asked.change)) return deps.handOver(asked);
  const admission = await admit(deps, asked);
  if (admission.is === 'stopped') return outcome(admission.outcome);
  const commitment = await openIntent(deps, asked);
  switch (commitment.is) {
    case 'superseded':
      return { is: 'superseded' };
    case 'stopped':
      return outcome(commitment.outcome);
    case 'closed':
      return outcome(commitment.row.outcome ?? lookAgain(deps, 1000, 'its outcome is being written down'));
    case 'busy':
      return outcome(lookAgain(deps, Math.max(1000, commitment.until - deps.clock.now()), 'another worker has this change in hand'));
    case 'name-taken':
      return outcome(lookAgain(deps, 0, 'a name was given to somebody else meanwhile; another is chosen'));
    case 'committed':
      return outcome(await applied(deps, { ...asked, change: admission.change }, commitment.row));
  }
}

async function applied(deps: GateDeps, asked: Asked<Admitted<Change>>, row: IntentRow): Promise<Outcome> {
  const { change } = asked;
  try {
    if (change.as === 'reach') return await applyReach(deps, { ...asked, change }, row);
    return await settleAct(deps, { ...asked, change }, row);
  } catch (error) {
    // The lease goes back, so that the next attempt need not wait for it to run out; whether something was sent stays written.
    await deps.registry.stores.intents.release(row, false);
    throw error;
  }
}

async function settleAct(deps: GateDeps, asked: Asked<Admitted<Act>>, row: IntentRow): Promise<Outcome> {
  const result = await actOutcome(deps, asked, row);
  if (result.is !== 'waiting') return closeIntent(deps, asked, { changeId: row.changeId, outcome: result });
  // A mail that asked to wait because it did nothing has already said so; here only the lease goes back.
  await deps.registry.stores.intents.release(row, false);
  return result;
}

function actOutcome(deps: GateDeps, asked: Asked<Admitted<Act>>, row: IntentRow): Promise<Outcome> {
  switch (asked.change.do) {
    case 'issue':
      return applyPass(deps, asked, row);
    case 'send':
      return mailOutcome(deps, asked, row);
    case 'invite':
      return applyActivation(deps, asked, row);
    case 'revoke':
    case 'reset':
      return applyRevocation(deps, asked, row);
  }
}

async function mailOutcome(deps: GateDeps, asked: Asked<Admitted<Act>>, row: IntentRow): Promise<Outcome> {
  const mail = await applyMail(deps, asked, row);
  if (mail.is === 'outcome') return mail.outcome;
  return { is: mail.already ? 'already' : 'done', object: mail.id, ...(mail.requestId === undefined ? {} : { requestId: mail.requestId }) };
}

function outcome(value: Outcome): Passage {
  return { is: 'outcome', outcome: value };
}
