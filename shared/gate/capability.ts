import { GatehouseError } from '../errors.ts';
import type { ReadableTarget } from '../ports/readers/readable-target.ts';

/** The capability of the target; `config-invalid` where its connector does not have it. */
export function capability<Name extends keyof ReadableTarget['reads']>(
  target: ReadableTarget,
  name: Name,
): NonNullable<ReadableTarget['reads'][Name]> {
  const found = target.reads[name];
  if (found === undefined) throw new GatehouseError('config-invalid', `The target ${target.id} has no ${name}.`);
  return found;
}
