import type { Change, Outcome, Reach } from '../domain/change.ts';
import type { AccountLink } from '../domain/subject.ts';
import type { Stores } from '../ports/registry/registry.ts';
import type { Asked, GateDeps } from './gate-deps.ts';

/** How a change came out, and the link that a create makes. */
export type Closing = { readonly changeId: string; readonly outcome: Outcome; readonly link?: Pick<AccountLink, 'nativeId' | 'anchor'> };

/** Writes down how the change came out, with its link or holding and its audit row, in one transaction. */
export async function closeIntent(deps: GateDeps, asked: Asked, closing: Closing): Promise<Outcome> {
  const { changeId, outcome } = closing;
  const at = deps.clock.now();
  await deps.registry.transaction(async (stores) => {
    await stores.intents.close(changeId, outcome, at);
    if (closing.link !== undefined) await recordLink(stores, asked, closing.link, at);
    if (outcome.is === 'done' || outcome.is === 'already') await recordWhatIs(stores, asked, at);
    await stores.audit.append([{ at, actor: asked.request.actor, action: `change.${outcome.is}`, ...auditOf(asked, changeId, outcome) }]);
  });
  return outcome;
}

async function recordLink(stores: Stores, { change, request }: Asked, link: NonNullable<Closing['link']>, at: number): Promise<void> {
  await stores.links.record({ target: change.target, personId: request.personId, kind: 'primary', how: 'created', since: at, ...link });
}

/** What the registry knows of the person after the change: entitlements held or not any more, and accounts that are gone. */
async function recordWhatIs(stores: Stores, asked: Asked, at: number): Promise<void> {
  const { change, request } = asked;
  if (change.as !== 'reach') return;
  if (change.do === 'delete' && change.kind === 'account' && 'id' in change.object)
    await stores.links.end(change.target, change.object.id, at);
  if (change.do === 'link') await recordHolding(stores, asked, at);
  const entitlement = change.do === 'unlink' ? entitlementOf(change) : undefined;
  if (entitlement !== undefined) await stores.holdings.remove(request.personId, entitlement);
}

async function recordHolding(stores: Stores, { change, request }: Asked, at: number): Promise<void> {
  const entitlement = entitlementOf(change);
  if (entitlement === undefined) return;
  for (const reference of change.cause.reference.split(' ')) {
    const kind = reference.startsWith('rule:') ? 'rule' : 'manual';
    await stores.holdings.add(request.personId, [entitlement], { kind, reference: reference.replace(/^rule:/, '') }, at);
  }
}

function entitlementOf(
  change: Change,
): { readonly target: string; readonly object: string; readonly kind: 'group' | 'licence' } | undefined {
  if (change.as !== 'reach' || (change.do !== 'link' && change.do !== 'unlink') || !('id' in change.other)) return undefined;
  if (change.relation !== 'member' && change.relation !== 'licence') return undefined;
  return { target: change.target, object: change.other.id, kind: change.relation === 'member' ? 'group' : 'licence' };
}

function auditOf({ change, request }: Asked, changeId: string, outcome: Outcome) {
  const attributes = change.as === 'reach' ? attributeNames(change) : undefined;
  const detail = {
    changeId,
    stepId: request.stepId,
    do: change.do,
    kind: change.kind,
    effect: change.effect,
    cause: change.cause.reference,
    attributes,
    outcome,
  };
  return { personId: request.personId, runId: request.runId, target: change.target, detail };
}

function attributeNames(change: Reach): readonly string[] | undefined {
  return change.do === 'create' || change.do === 'update' ? Object.keys(change.after) : undefined;
}
