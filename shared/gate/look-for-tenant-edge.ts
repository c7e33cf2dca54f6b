import type { Link } from '../domain/change.ts';
import { GatehouseError } from '../errors.ts';
import type { ReadableTarget } from '../ports/readers/readable-target.ts';
import { capability } from './capability.ts';

/**
 * Whether an edge of a cloud tenant is there: a device that may be used, a group that is owned, a sponsor, a team, an administrative unit, an access package. One that is still being delivered is not
 * given yet, and one that is still being taken away is not gone yet.
 */
export async function lookForTenantEdge(target: ReadableTarget, change: Link, signal: AbortSignal): Promise<boolean> {
  if (!('id' in change.object) || !('id' in change.other))
    throw new GatehouseError('internal', 'An unresolved reference reached the gate.');
  const [account, other] = [change.object.id, change.other.id];
  switch (change.relation) {
    case 'device':
      return (await capability(target, 'devices').devicesOf(account, signal)).some(({ id, enabled }) => id === other && enabled);
    case 'owner':
      return (await capability(target, 'ownerships').ownersOf(other, signal)).includes(account);
    case 'sponsor':
      return (await capability(target, 'sponsors').sponsorsOf(account, signal)).includes(other);
    case 'team':
      return capability(target, 'teams').isInTeam(other, account, signal);
    case 'unit':
      return (await capability(target, 'units').unitsOf(account, signal)).some(({ id }) => id === other);
    case 'access-package': {
      const held = await capability(target, 'accessPackages').accessPackagesOf(account, signal);
      return held.some(({ id, grants, delivered }) => (change.do === 'link' ? grants === other && delivered : id === other));
    }
    default:
      throw new GatehouseError('internal', `${change.relation} is not an edge of a tenant.`);
  }
}
