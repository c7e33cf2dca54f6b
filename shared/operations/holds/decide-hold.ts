import { GatehouseError } from '../../errors.ts';
import type { Hold, Resolution } from '../../ports/registry/records.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { OperationDeps } from '../deps.ts';
import { countRun } from '../admission/admit-run.ts';
import { decideFact } from '../decide-fact.ts';
import { releasedBy } from './agreement.ts';
import { liftHrLocks, opensAgain } from './lift-hr-locks.ts';
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
    const actors = how === 'resumed' ? await agree(deps, stores, decision) : [decision.actor];
    if (how === 'resumed' && actors.length < hold.approvals) return waiting(deps, stores, { hold, decision, approvals: actors.length });
    const by = how === 'resumed' ? releasedBy(actors, hold.approvals) : decision.actor;
    const runs = await carryOut(deps, stores, { hold, decision, how, by });
    await settle(deps, stores, { hold, decision, how, by });
    return { is: how, hold, runs };
  });
}

async function openHold(stores: Stores, { holdId, reason }: Decision): Promise<Hold> {
  if (reason.trim() === '') throw new GatehouseError('input-invalid', 'reason: is missing; say why, for whoever reads the audit.');
  const found = await stores.holds.lock(holdId);
  if (found === undefined) throw new GatehouseError('not-found', `There is no hold ${holdId}.`);
  const { resolution, ...hold } = found;
  if (resolution === null) return hold;
  const when = new Date(resolution.at).toISOString();
  throw new GatehouseError(
    'input-invalid',
    `The hold ${holdId} was ${resolution.how} by ${resolution.by} at ${when}: ${resolution.reason}`,
  );
}

/** Nobody decides about themselves. */
async function refuseOwn(stores: Stores, { personId }: Hold, { oid }: Decision): Promise<void> {
  if (personId === null || oid === undefined) return;
  const own = (await stores.links.of(personId)).some(({ nativeId }) => nativeId === oid);
  if (own) throw new GatehouseError('forbidden', 'This is about yourself: somebody else has to decide.');
}

/** Answers who has agreed so far. Two tokens of one person are one agreement. */
async function agree(deps: OperationDeps, stores: Stores, { holdId, actor, oid, reason }: Decision): Promise<readonly string[]> {
  const all = await stores.holds.approve({ holdId, actor, oid: oid ?? null, reason, at: deps.clock.now() });
  return [...new Map(all.map((approval) => [approval.oid ?? approval.actor, approval.actor])).values()];
}

/** An agreement that others have to join is a decision too, and stands in the audit. */
async function waiting(
  deps: OperationDeps,
  stores: Stores,
  { hold, decision, approvals }: Pick<Carried, 'hold' | 'decision'> & { readonly approvals: number },
): Promise<Decided> {
  const detail = { holdId: hold.id, kind: hold.kind, reference: hold.reference, code: hold.code, reason: decision.reason, approvals };
  const line = {
    at: deps.clock.now(),
    actor: decision.actor,
    action: 'hold.agreed',
    personId: hold.personId,
    runId: null,
    target: null,
    detail,
  };
  await stores.audit.append([line]);
  return { is: 'waiting', hold, approvals };
}

/** `by`: who let it go on, as it is kept with a run. */
type Carried = { readonly hold: Hold; readonly decision: Decision; readonly how: How; readonly by: string };

async function carryOut(deps: OperationDeps, stores: Stores, { hold, decision, how, by }: Carried): Promise<readonly string[]> {
  switch (hold.kind) {
    case 'run':
      return decideRuns(deps, stores, [hold.reference], { decision, how, by });
    case 'batch': {
      const runs = await stores.runs.waitingOf(hold.reference);
      const chosen = runs.filter(({ personId }) => decision.personId === undefined || personId === decision.personId);
      if (chosen.length === 0) throw new GatehouseError('not-found', 'Nothing of this person is held with this batch.');
      return decideRuns(
        deps,
        stores,
        chosen.map(({ id }) => id),
        { decision, how, by },
      );
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

/** What is resumed counts under the brakes like what was never held. */
async function decideRuns(
  deps: OperationDeps,
  stores: Stores,
  ids: readonly string[],
  { decision, how, by }: Pick<Carried, 'decision' | 'how' | 'by'>,
): Promise<readonly string[]> {
  const at = deps.clock.now();
  const to = how === 'resumed' ? 'planned' : 'cancelled';
  const note = `${how} by ${decision.actor}: ${decision.reason}`;
  const decided: string[] = [];
  for (const id of ids) {
    if (await stores.runs.decide({ id, to, by, note, at })) decided.push(id);
    // One that is still under way with its other steps learns of the decision when it comes to its end.
    else if (to === 'planned' && (await stores.runs.release(id, by))) decided.push(id);
    const run = await stores.runs.byId(id);
    if (run === undefined || to === 'cancelled' || !decided.includes(id)) continue;
    await countRun(deps, stores, run);
    if (opensAgain(run)) await liftHrLocks(deps, stores, [run.personId]);
  }
  return decided;
}

async function liftLock(deps: OperationDeps, stores: Stores, { personId, reference }: Hold, { actor }: Decision): Promise<void> {
  if (personId === null) return;
  await stores.people.lock(personId, 'update');
  for (const { owner } of await stores.locks.of(personId)) {
    if (reference === `${personId}/${owner}`) await stores.locks.lift([personId], owner, actor, deps.clock.now());
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
