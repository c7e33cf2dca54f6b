import { GatehouseError } from '../../errors.ts';
import type { Hold, Resolution } from '../../ports/registry/records.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { OperationDeps } from '../deps.ts';
import { decideFact } from '../decide-fact.ts';
import type { Decided, Decision } from './decision.ts';

type How = 'resumed' | 'cancelled';

/**
 * Lets go on what is held: all of it, or of a batch one person's part. Where several people have to agree, each resumes it once, none of them the person it is about; it goes on with the last. Throws `not-found`,
 * `input-invalid` (no reason, or decided already) or `forbidden`.
 */
export function resumeHold(deps: OperationDeps, decision: Decision): Promise<Decided> {
  return decide(deps, decision, 'resumed');
}

/** Ends what is held without doing it, all of it or of a batch one person's part. One person may do so, with a reason. Throws as `resumeHold` does. */
export function cancelHold(deps: OperationDeps, decision: Decision): Promise<Decided> {
  return decide(deps, decision, 'cancelled');
}

function decide(deps: OperationDeps, decision: Decision, how: How): Promise<Decided> {
  return deps.registry.transaction(async (stores) => {
    const hold = await openHold(stores, decision);
    await refuseOwn(stores, hold, decision);
    const approvals = how === 'resumed' ? await agree(deps, stores, decision) : hold.approvals;
    if (approvals < hold.approvals) return { is: 'waiting', hold, approvals };
    const runs = await carryOut(deps, stores, { hold, decision, how });
    await settle(deps, stores, { hold, decision, how });
    return { is: how, hold, runs };
  });
}

async function openHold(stores: Stores, { holdId, reason }: Decision): Promise<Hold> {
  if (reason.trim() === '') throw new GatehouseError('input-invalid', 'reason: is missing; say why, for whoever reads the audit.');
  const found = await stores.holds.byId(holdId);
  if (found === undefined) throw new GatehouseError('not-found', `There is no hold ${holdId}.`);
  const { resolution, ...hold } = found;
  if (resolution === null) return hold;
  const when = new Date(resolution.at).toISOString();
  throw new GatehouseError('input-invalid', `The hold ${holdId} was ${resolution.how} by ${resolution.by} at ${when}: ${resolution.reason}`);
}

/** Nobody decides about themselves. */
async function refuseOwn(stores: Stores, { personId }: Hold, { oid }: Decision): Promise<void> {
  if (personId === null || oid === undefined) return;
  const own = (await stores.links.of(personId)).some(({ nativeId }) => nativeId === oid);
  if (own) throw new GatehouseError('forbidden', 'This is about yourself: somebody else has to decide.');
}

/** Two tokens of one person are one agreement. */
async function agree(deps: OperationDeps, stores: Stores, { holdId, actor, oid, reason }: Decision): Promise<number> {
  const all = await stores.holds.approve({ holdId, actor, oid: oid ?? null, reason, at: deps.clock.now() });
  return new Set(all.map((approval) => approval.oid ?? approval.actor)).size;
}

type Carried = { readonly hold: Hold; readonly decision: Decision; readonly how: How };

async function carryOut(deps: OperationDeps, stores: Stores, { hold, decision, how }: Carried): Promise<readonly string[]> {
  switch (hold.kind) {
    case 'run':
      return decideRuns(deps, stores, [hold.reference], { decision, how });
    case 'batch': {
      const runs = await stores.runs.waitingOf(hold.reference);
      const chosen = runs.filter(({ personId }) => decision.personId === undefined || personId === decision.personId);
      if (chosen.length === 0) throw new GatehouseError('not-found', 'Nothing of this person is held with this batch.');
      return decideRuns(deps, stores, chosen.map(({ id }) => id), { decision, how });
    }
    case 'event':
      await decideFact(deps, stores, hold.reference, how === 'resumed' ? 'counted' : 'rejected');
      return [];
    case 'lock':
      if (how === 'resumed') await liftLock(deps, stores, hold, decision);
      return [];
    case 'mode':
      if (how === 'resumed') await raiseMode(stores, hold.reference);
      return [];
    case 'change':
      return [];
  }
}

async function decideRuns(deps: OperationDeps, stores: Stores, ids: readonly string[], { decision, how }: Pick<Carried, 'decision' | 'how'>): Promise<readonly string[]> {
  const at = deps.clock.now();
  const decided: string[] = [];
  for (const id of ids) {
    const to = how === 'resumed' ? 'planned' : 'cancelled';
    if (await stores.runs.decide({ id, to, by: decision.actor, note: `${how} by ${decision.actor}: ${decision.reason}`, at })) decided.push(id);
  }
  return decided;
}

async function liftLock(deps: OperationDeps, stores: Stores, { personId, reference }: Hold, { actor }: Decision): Promise<void> {
  if (personId === null) return;
  await stores.people.lock(personId, 'update');
  for (const { owner } of await stores.locks.of(personId)) {
    if (reference === `${personId}/${owner}`) await stores.locks.lift(personId, owner, actor, deps.clock.now());
  }
}

async function raiseMode(stores: Stores, reference: string): Promise<void> {
  const split = reference.lastIndexOf('=');
  const mode = (['observe', 'plan', 'enforce'] as const).find((one) => one === reference.slice(split + 1));
  if (mode !== undefined) await stores.switches.setMode(reference.slice(0, split), mode);
}

/** A batch of which people are still held stays a question. */
async function settle(deps: OperationDeps, stores: Stores, { hold, decision, how }: Carried): Promise<void> {
  const { actor, reason } = decision;
  const at = deps.clock.now();
  const resolution: Resolution = { how, by: actor, reason, at };
  const isWhole = hold.kind !== 'batch' || (await stores.runs.waitingOf(hold.reference)).length === 0;
  if (isWhole) await stores.holds.resolve(hold.id, resolution);
  if (isWhole && hold.kind === 'batch') await stores.batches.settle(hold.reference, how === 'resumed' ? 'admitted' : 'cancelled');
  const detail = { holdId: hold.id, kind: hold.kind, reference: hold.reference, code: hold.code, reason, of: decision.personId ?? null };
  await stores.audit.append([{ at, actor, action: `hold.${how}`, personId: hold.personId, runId: null, target: null, detail }]);
}
