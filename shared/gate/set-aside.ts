import type { IntentRow } from '../ports/registry/intents.ts';
import { closeIntent } from './close-intent.ts';
import type { Asked, GateDeps } from './gate-deps.ts';
import { isGone } from './is-gone.ts';
import type { Passage } from './passage.ts';

/** Closes a change that was under way to an account that is gone: there is nothing more of it to see through. Undefined where the error that it met has another reason. */
export async function setAside(deps: GateDeps, asked: Asked, row: IntentRow, met: unknown): Promise<Passage | undefined> {
  const { change, request } = asked;
  if (!('id' in change.object) || !(await isGone(deps.target(change.target), change.object.id, met, request.signal))) return undefined;
  const message = `${change.target} shows the account ${change.object.id} no more.`;
  const outcome = await closeIntent(deps, asked, {
    changeId: row.changeId,
    outcome: { is: 'failed', problem: { code: 'target-not-found', message } },
  });
  return { is: 'outcome', outcome };
}
