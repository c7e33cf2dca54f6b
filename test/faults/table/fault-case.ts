import type { SystemName } from '../../../sandbox/foundation/world.ts';
import type { Change } from '../../../shared/domain/change.ts';
import type { GateWorld } from '../../gate/gate-world.ts';

/** One change that is not so yet, and whether it is so by now: as the system itself holds it, not as the product reads it. */
export type Work = { readonly person: string; readonly change: Change; readonly isSo: () => boolean };

/**
 * One row of the fault table: a mutating call of a connector. To add a connector, list its calls in a file beside this one and in `cases.ts`, run the test once with
 * `UPDATE_FAULTS=1`, and `npm run docs`.
 */
export type FaultCase = {
  readonly connector: string;
  readonly call: string;
  readonly system: SystemName;
  /** The sandbox's name of the call, by which faults strike it. */
  readonly operation: string;
  /** Prepares what all of the row's tries need; the answer gives something new to do at each try. */
  readonly prepare: (world: GateWorld) => Promise<() => Promise<Work>>;
};
