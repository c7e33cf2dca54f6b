import type { Act, Change } from '../domain/change.ts';
import { GatehouseError } from '../errors.ts';
import { passName, type SealedPass } from '../gate/apply-pass.ts';
import type { OperationDeps } from './deps.ts';
import { subjectOf } from './subject-of.ts';

/** Who asks to see a pass: by their own object id in the tenant, or as an operator of the help desk. */
export type PassCaller = { readonly actor: string; readonly oid: string | undefined; readonly isOperator: boolean };
export type ShownPass = { readonly displayName: string; readonly code: string };

/**
 * Shows a pass once, to the manager it was meant for; where there is no manager, to the help desk. The code is gone from the seal before it is answered.
 * Throws `not-found` when it was shown before or has run out, `forbidden` for anybody else. Who saw it, and when, is in the audit.
 */
export async function revealPass(deps: OperationDeps, changeId: string, caller: PassCaller): Promise<ShownPass> {
  const { registry, clock, gate } = deps;
  const intent = await registry.stores.intents.byId(changeId);
  if (intent === undefined || !isPass(intent.change)) throw new GatehouseError('not-found', 'There is no such pass.');
  const subject = await subjectOf(registry, intent.personId);
  const isManager = subject.manager?.links.some((link) => link.nativeId === caller.oid) ?? false;
  const isHelpDesk = caller.isOperator && recipients(intent.change).includes(deps.rules.mail.helpDesk);
  if (!isManager && !isHelpDesk) throw new GatehouseError('forbidden', `Only the manager of ${subject.displayName} may see this pass.`);
  const sealed = await gate.secrets.take(passName(changeId), clock.now());
  if (sealed === undefined) throw new GatehouseError('not-found', 'This pass was shown already, or its time is over. Ask an operator for a new one.');
  const line = { at: clock.now(), actor: caller.actor, action: 'pass.shown', personId: intent.personId, runId: intent.runId, target: intent.change.target, detail: { changeId } };
  await registry.transaction((stores) => stores.audit.append([line]));
  const { code }: SealedPass = JSON.parse(sealed);
  return { displayName: subject.displayName, code };
}

function isPass(change: Change): change is Act {
  return change.as === 'act' && change.do === 'issue';
}

function recipients(change: Act): readonly unknown[] {
  const to = change.deliver?.input['to'];
  return Array.isArray(to) ? to : [];
}
