import type { Ref } from '../../domain/change.ts';

/** The id of an object that an admitted change names. The gate resolves every reference before it admits a change, so an unresolved one is a defect and throws. */
export function resolvedId(object: Ref): string {
  if ('id' in object) return object.id;
  throw new TypeError(`The account in ${object.accountIn} was not resolved before the change was admitted.`);
}
