import type { Reach } from '../domain/change.ts';
import { GatehouseError } from '../errors.ts';
import type { Admitted } from '../ports/writers/admitted.ts';
import type { Answer } from '../ports/writers/answer.ts';
import type { WritableTarget } from '../ports/writers/writable-target.ts';
import type { Writers } from '../ports/writers/writers.ts';

/** Hands an admitted change to the one writer that it is for. One attempt. */
export function send(target: WritableTarget, change: Admitted<Reach>, signal: AbortSignal): Promise<Answer> {
  if (change.do === 'link' || change.do === 'unlink') {
    return change.relation === 'licence'
      ? writer(target, 'licences').setLicence(change, signal)
      : writer(target, 'memberships').setMembership(change, signal);
  }
  if (change.do === 'create') return writer(target, 'accounts').create(change, signal);
  if (change.do === 'restore') return writer(target, 'accounts').restore(change, signal);
  if (change.do === 'delete') return writer(target, 'accounts').delete(change, signal);
  return change.kind === 'contact'
    ? writer(target, 'contacts').writeContact(change, signal)
    : writer(target, 'accounts').update(change, signal);
}

/** The writer of the target; `config-invalid` where its connector does not have it. */
export function writer<Name extends keyof Writers>(target: WritableTarget, name: Name): Writers[Name] {
  const found = target.writes[name];
  if (found === undefined) throw new GatehouseError('config-invalid', `The target ${target.id} cannot write ${name}.`);
  return found;
}
