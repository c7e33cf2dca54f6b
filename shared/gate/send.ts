import type { Act, Link, Reach } from '../domain/change.ts';
import { GatehouseError } from '../errors.ts';
import type { Admitted } from '../ports/writers/admitted.ts';
import type { Answer } from '../ports/writers/answer.ts';
import type { WritableTarget } from '../ports/writers/writable-target.ts';
import type { Writers } from '../ports/writers/writers.ts';

/** Hands an admitted change to the one writer that it is for. One attempt. */
export function send(target: WritableTarget, change: Admitted<Reach>, signal: AbortSignal): Promise<Answer> {
  if (change.do === 'link' || change.do === 'unlink') return sendEdge(target, change, signal);
  if (change.do === 'create') return writer(target, 'accounts').create(change, signal);
  if (change.do === 'restore') return writer(target, 'accounts').restore(change, signal);
  if (change.do === 'purge') return writer(target, 'deleted').purge(change, signal);
  if (change.do === 'delete') return writer(target, 'accounts').delete(change, signal);
  if (change.kind === 'mailbox') return writer(target, 'mailboxes').writeMailbox(change, signal);
  return change.kind === 'contact'
    ? writer(target, 'contacts').writeContact(change, signal)
    : writer(target, 'accounts').update(change, signal);
}

const writerOf = {
  device: 'devices',
  owner: 'ownerships',
  sponsor: 'sponsors',
  team: 'teams',
  unit: 'units',
  'access-package': 'accessPackages',
} as const;

function sendEdge(target: WritableTarget, change: Admitted<Link>, signal: AbortSignal): Promise<Answer> {
  switch (change.relation) {
    case 'member':
      return writer(target, 'memberships').setMembership(change, signal);
    case 'licence':
      return writer(target, 'licences').setLicence(change, signal);
    case 'app-role':
      return writer(target, 'appRoles').setAppRole(change, signal);
    case 'pass':
      return writer(target, 'passes').removePass(change, signal);
    case 'method':
      return writer(target, 'methods').removeMethod(change, signal);
    case 'credential':
      return writer(target, 'credentials').removeCredential(change, signal);
    default:
      return writer(target, writerOf[change.relation]).setEdge(change, signal);
  }
}

/** Hands an admitted revocation or reset to its writer. One attempt. */
export function sendRevocation(target: WritableTarget, change: Admitted<Act>, signal: AbortSignal): Promise<Answer> {
  return change.do === 'reset'
    ? writer(target, 'passwords').resetPassword(change, signal)
    : writer(target, 'sessions').revokeSessions(change, signal);
}

/** The writer of the target; `config-invalid` where its connector does not have it. */
export function writer<Name extends keyof Writers>(target: WritableTarget, name: Name): Writers[Name] {
  const found = target.writes[name];
  if (found === undefined) throw new GatehouseError('config-invalid', `The target ${target.id} cannot write ${name}.`);
  return found;
}
