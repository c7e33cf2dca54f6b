import type { Change } from '../../domain/change.ts';

declare const byTheGate: unique symbol;

/**
 * A change that the gate let through, every reference resolved to an id. Only the gate makes one (`shared/gate/admit.ts`), so a writer cannot be
 * handed anything else.
 */
export type Admitted<C extends Change> = C & { readonly [byTheGate]: true };
