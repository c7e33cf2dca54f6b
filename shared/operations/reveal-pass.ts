import type { Act, Change } from '../domain/change.ts';
import type { Subject } from '../domain/subject.ts';
import { GatehouseError } from '../errors.ts';
import { passName, type SealedPass } from '../gate/apply-pass.ts';
import type { IntentRow } from '../ports/registry/intents.ts';
import type { OperationDeps } from './deps.ts';
import { subjectOf } from './subject-of.ts';

/** Who asks to see a pass: by their own object id in the tenant, or as an operator of the help desk. */
export type PassCaller = { readonly actor: string; readonly oid: string | undefined; readonly isOperator: boolean };

/** Times are milliseconds since the epoch; `startsAt` is null for a pass that is good at once. */
export type ShownPass = {
  readonly displayName: string;
  readonly code: string;
  readonly startsAt: number | null;
  readonly endsAt: number;
  readonly isUsableOnce: boolean;
};

const gone = 'This pass was shown already, or its time is over. Ask an operator for a new one.';

/** Whose pass it is, and whether it can still be seen. Shows nothing of it. Throws as `revealPass` does for those who may not see it. */
export async function lookAtPass(
  deps: OperationDeps,
  changeId: string,
  caller: PassCaller,
): Promise<{ readonly displayName: string; readonly gone: string | undefined }> {
  const { subject } = await passFor(deps, changeId, caller);
  const isThere = await deps.gate.secrets.has(passName(changeId), deps.clock.now());
  return { displayName: subject.displayName, gone: isThere ? undefined : gone };
}

/**
 * Shows a pass once, to the manager it was meant for; where there is no manager, to the help desk. The code is gone from the seal before it is answered.
 * Throws `not-found` when it was shown before or has run out, `forbidden` for anybody else. Who saw it, and when, is in the audit.
 */
export async function revealPass(deps: OperationDeps, changeId: string, caller: PassCaller): Promise<ShownPass> {
  const { registry, clock, gate } = deps;
  const { intent, change, subject } = await passFor(deps, changeId, caller);
  const sealed = await gate.secrets.take(passName(changeId), clock.now());
  if (sealed === undefined) throw new GatehouseError('not-found', gone);
  const line = {
    at: clock.now(),
    actor: caller.actor,
    action: 'pass.shown',
    personId: intent.personId,
    runId: intent.runId,
    target: change.target,
    detail: { changeId },
  };
  await registry.transaction((stores) => stores.audit.append([line]));
  const { code }: SealedPass = JSON.parse(sealed);
  const startsAt = typeof change.input['startsAt'] === 'string' ? Date.parse(change.input['startsAt']) : null;
  const endsAt = (startsAt ?? intent.openedAt) + Number(change.input['lifetimeMinutes']) * 60_000;
  return { displayName: subject.displayName, code, startsAt, endsAt, isUsableOnce: change.input['isUsableOnce'] === true };
}

type FoundPass = { readonly intent: IntentRow; readonly change: Act; readonly subject: Subject };

async function passFor(deps: OperationDeps, changeId: string, caller: PassCaller): Promise<FoundPass> {
  const intent = await deps.registry.stores.intents.byId(changeId);
  if (intent === undefined || !isPass(intent.change)) throw new GatehouseError('not-found', 'There is no such pass.');
  const subject = await subjectOf(deps.registry, intent.personId, deps);
  const isManager = subject.manager?.links.some((link) => link.target === intent.change.target && link.nativeId === caller.oid) ?? false;
  const isHelpDesk = caller.isOperator && recipients(intent.change).includes(deps.rules.mail.helpDesk);
  if (!isManager && !isHelpDesk) throw new GatehouseError('forbidden', `Only the manager of ${subject.displayName} may see this pass.`);
  return { intent, change: intent.change, subject };
}

function isPass(change: Change): change is Act {
  return change.as === 'act' && change.do === 'issue';
}

function recipients(change: Act): readonly unknown[] {
  const to = change.deliver?.input['to'];
  return Array.isArray(to) ? to : [];
}
