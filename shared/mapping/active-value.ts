import type { Compiled } from './compile-expression.ts';
import { evaluate } from './evaluate-expression.ts';
import type { MappingValue } from './mapping-value.ts';

/**
 * The one attribute that an expression of `active` may name: `True` of an account that is to be shut, whatever the reason (https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works).
 */
export const softDeleted = 'IsSoftDeleted';

/** What `active` is for an account that is open, or shut. The texts `True` and `False`, which the language gives for truth, are truth. */
export function activeValue(compiled: Compiled, open: boolean): MappingValue {
  const evaluated = evaluate(compiled, { attributes: (name) => (name === softDeleted ? (open ? 'False' : 'True') : null), now: 0 });
  const value = evaluated.is === 'value' ? evaluated.value : null;
  if (value === 'True') return true;
  return value === 'False' ? false : value;
}
