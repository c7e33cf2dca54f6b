import type { Change, Link, Skip } from '../domain/change.ts';
import type { ReasonCode } from '../domain/problem.ts';
import type { Subject } from '../domain/subject.ts';
import { inverseOfTenantUnlink } from './inverse-of-tenant-unlink.ts';
import { need, type PastChange, type Sight } from './task.ts';

type Inverse = { readonly changes: readonly Change[]; readonly skips: readonly Skip[] };

/** The group or licence given back, where it is still gone and today's rules have nothing against it. What was registered by the person is registered anew. */
export async function inverseOfUnlink(change: Link, past: PastChange, subject: Subject, sight: Sight): Promise<Inverse> {
  const { target, relation, kind } = change;
  if (!('id' in change.other) || relation === 'pass' || relation === 'method' || relation === 'credential') return nothing;
  const other = change.other.id;
  if (relation === 'app-role')
    return skipping(target, other, 'no-authority', `${change.cause.message} was taken away: whoever owns the application gives it again.`);
  if (relation !== 'member' && relation !== 'licence') return inverseOfTenantUnlink({ ...change, relation }, other, past, sight);
  const rules = sight.entitlements(target).find(({ object }) => object === other)?.rules;
  if (rules === undefined && (sight.isGoverned(target, other) || (await wasGivenByRule(change, past, sight))))
    return skipping(target, other, 'moved-on', `${change.cause.message} is not given back: no access rule gives it now.`);
  const obstacle =
    relation === 'member' ? await groupObstacle(target, other, past, sight) : await licenceObstacle(target, other, past, sight);
  if (obstacle !== undefined) return obstacle;
  const reference = rules === undefined ? `undo:${past.changeId}` : rules.map((rule) => `rule:${rule}`).join(' ');
  const aim = { target, person: subject.personId, kind, object: { id: past.object }, effect: 'grant' } as const;
  const cause = { reference, message: change.cause.message };
  return { changes: [{ ...aim, cause, as: 'reach', do: 'link', relation, other: { id: other } }], skips: [] };
}

const nothing: Inverse = { changes: [], skips: [] };

/** Whether we had given it by rules alone, before it was taken: those rules may be no more. What people gave is theirs to end. */
async function wasGivenByRule({ target, relation, other }: Link, past: PastChange, sight: Sight): Promise<boolean> {
  const given = (await sight.pastChanges()).find(
    ({ change, object, at }) =>
      change.do === 'link' &&
      change.target === target &&
      change.relation === relation &&
      object === past.object &&
      at <= past.at &&
      'id' in change.other &&
      'id' in other &&
      change.other.id === other.id,
  );
  return given !== undefined && given.change.cause.reference.split(' ').every((one) => one.startsWith('rule:'));
}

/** Undefined where nothing stands in the way. */
async function groupObstacle(target: string, id: string, past: PastChange, sight: Sight): Promise<Inverse | undefined> {
  const memberships = need(sight, target, 'memberships');
  const group = await memberships.group(id, sight.signal);
  if (group === undefined) return skipping(target, id, 'moved-on', `The group ${id} is gone.`);
  if (group.kind !== 'static') return skipping(target, id, 'moved-on', `${group.name} takes no members from us any more.`);
  const account = await need(sight, target, 'accounts').byId(past.object, sight.signal);
  if (account === undefined) return nothing;
  return (await memberships.isMember(id, past.object, sight.signal)) ? nothing : undefined;
}

async function licenceObstacle(target: string, skuId: string, past: PastChange, sight: Sight): Promise<Inverse | undefined> {
  const licences = need(sight, target, 'licences');
  if ((await need(sight, target, 'accounts').byId(past.object, sight.signal)) === undefined) return nothing;
  if ((await licences.licencesOf(past.object, sight.signal)).some((one) => one.skuId === skuId)) return nothing;
  const seats = await licences.seatsLeft(skuId, sight.signal);
  return seats === undefined || seats < 1 ? skipping(target, skuId, 'no-seats', `No seat of ${skuId} is left.`) : undefined;
}

function skipping(target: string, object: string, code: ReasonCode, message: string): Inverse {
  return { changes: [], skips: [{ target, object, reason: { code, message } }] };
}
