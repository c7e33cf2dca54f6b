import type { TargetId } from '../../domain/ids.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { ForeignChange } from '../../ports/registry/graph-door.ts';
import type { OperationDeps } from '../deps.ts';
import type { Found, Judged } from './judged.ts';

type Page = { readonly target: TargetId; readonly round: number };

/**
 * Writes down how things were seen, and what others did: as a row of its own, in the audit, and as what follows from it for holdings, holds and waiting runs. Answers the changes
 * that were kept. To be called in the transaction that moves the cursor on, so that it happens once.
 */
export async function recordPage(deps: OperationDeps, stores: Stores, page: Page, judged: Judged): Promise<readonly ForeignChange[]> {
  const { target, round } = page;
  await stores.graphDoor.saveUsers(target, judged.users, round);
  await stores.graphDoor.saveMembers(target, judged.members, round);
  const at = deps.clock.now();
  const changes: ForeignChange[] = [];
  for (const found of judged.found)
    changes.push({ id: deps.ids.next(), at, target, ...found, isReopening: await isReopening(stores, found, at) });
  await stores.graphDoor.keepForeign(changes);
  await stores.audit.append(changes.map(auditRow));
  for (const change of changes) await follow(deps, stores, change);
  return changes;
}

const reopening: ReadonlySet<Found['kind']> = new Set(['account-enabled', 'account-restored', 'member-added']);

/** Whether it gives access to somebody who has left or is locked out. */
async function isReopening(stores: Stores, { kind, personId }: Found, now: number): Promise<boolean> {
  if (personId === null || !reopening.has(kind)) return false;
  const person = await stores.people.byId(personId);
  if (person === undefined) return false;
  const hasLeft = person.standing === 'left' || person.standing === 'withdrawn' || (person.endsAt !== null && person.endsAt <= now);
  return hasLeft || (await stores.locks.of(personId)).length > 0;
}

function auditRow({ id, at, target, kind, object, other, personId, isReopening: reopens }: ForeignChange) {
  const detail = { changeId: id, object, group: other, isReopening: reopens };
  return { at, actor: `others:${target}`, action: `notice.${kind}`, personId, runId: null, target, detail };
}

async function follow(deps: OperationDeps, stores: Stores, change: ForeignChange): Promise<void> {
  const { kind, personId, target, other, at } = change;
  if (kind === 'account-deleted' || kind === 'group-deleted') return hold(deps, stores, change);
  if (personId === null) return;
  if (kind === 'synced-account-appeared') await stores.runs.wake(personId, at);
  if (other === null) return;
  const holding = { target, object: other, kind: 'group' } as const;
  if (kind === 'member-added')
    await stores.holdings.add(personId, [holding], { kind: 'manual', reference: `notice:${new Date(at).toISOString()}` }, at);
  if (kind === 'member-removed') await endByHand(stores, personId, holding, at);
}

type Group = { readonly target: TargetId; readonly object: string };

/** What was given by hand or merely observed ends when it is taken away by hand; what a rule gives is still due, and shows as missing. */
async function endByHand(stores: Stores, personId: string, holding: Group, at: number): Promise<void> {
  const held = (await stores.holdings.of(personId)).find((one) => one.target === holding.target && one.object === holding.object);
  const reasons = held?.reasons ?? [];
  const ending = reasons.filter(({ kind, until }) => until === null && (kind === 'manual' || kind === 'observed'));
  if (ending.length === reasons.length) return stores.holdings.remove(personId, holding);
  for (const { kind, reference } of ending) await stores.holdings.endReason(personId, holding, { kind, reference }, at);
}

async function hold(deps: OperationDeps, stores: Stores, { kind, target, object, personId, at }: ForeignChange): Promise<void> {
  const when = new Date(at).toISOString();
  const name = personId === null ? undefined : (await stores.people.byId(personId))?.displayName;
  const what =
    kind === 'group-deleted'
      ? `The group ${object} in ${target}, in which people known here were,`
      : `The account ${object} of ${name ?? 'somebody'} in ${target}`;
  const message = `${what} was deleted, and not by Gatehouse; seen at ${when}. The tenant's own audit log says by whom. Restore it there, or settle that it stays deleted.`;
  const reference = `${target}/${object}`;
  const code = kind === 'group-deleted' ? 'group-deleted-by-hand' : 'account-deleted-by-hand';
  await stores.holds.add({ id: deps.ids.next(), at, kind: 'change', reference, personId, code, message, approvals: 1 });
}
