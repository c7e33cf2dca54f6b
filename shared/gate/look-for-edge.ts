import type { Link, Ref } from '../domain/change.ts';
import { GatehouseError } from '../errors.ts';
import type { ReadableTarget } from '../ports/readers/readable-target.ts';
import { capability } from './capability.ts';
import { lookForTenantEdge } from './look-for-tenant-edge.ts';

/**
 * Whether the edge is there. Of a licence that is to be taken away only the direct assignment counts: what a group gives goes with the group. An
 * application role is given by what it grants, and taken away by the id of its assignment.
 */
export async function lookForEdge(target: ReadableTarget, change: Link, signal: AbortSignal): Promise<boolean> {
  const account = idOf(change.object);
  const other = idOf(change.other);
  switch (change.relation) {
    case 'member':
      return capability(target, 'memberships').isMember(other, account, signal);
    case 'licence': {
      const licences = await capability(target, 'licences').licencesOf(account, signal);
      return licences.some(({ skuId, viaGroup }) => skuId === other && (change.do === 'link' || viaGroup === null));
    }
    case 'app-role':
      return (await capability(target, 'appRoles').appRolesOf(account, signal)).some(
        ({ id, grants }) => other === (change.do === 'link' ? grants : id),
      );
    case 'pass':
      return (await capability(target, 'passes').passesOf(account, signal)).some(({ id }) => id === other);
    case 'method':
      return (await capability(target, 'methods').methodsOf(account, signal)).some(({ id }) => id === other);
    case 'credential':
      return hasCredential(target, account, other, signal);
    default:
      return lookForTenantEdge(target, change, signal);
  }
}

/** A kind of credential that cannot be read is not taken for none. */
async function hasCredential(target: ReadableTarget, account: string, id: string, signal: AbortSignal): Promise<boolean> {
  const { credentials, unreadable } = await capability(target, 'credentials').credentialsOf(account, signal);
  const hidden = unreadable.find(({ kind }) => id.startsWith(kind));
  if (hidden !== undefined) throw new GatehouseError('not-verified', `${target.id} does not let ${hidden.kind} be read: ${hidden.problem}`);
  return credentials.some((credential) => credential.id === id);
}

function idOf(ref: Ref): string {
  if ('id' in ref) return ref.id;
  throw new GatehouseError('internal', 'An unresolved reference reached the gate.');
}
