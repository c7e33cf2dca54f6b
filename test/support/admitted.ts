import type { Change } from '../../shared/domain/change.ts';
import type { Admitted } from '../../shared/ports/writers/admitted.ts';

/** Stands in for the gate, which alone admits changes, where a test is about what a connector does with an admitted one. */
export function admitted<C extends Change>(change: C): Admitted<C> {
  return change as Admitted<C>; // the brand exists in types only
}
