import type { GateWorld } from '../../gate/gate-world.ts';
import { type KindWithPeople, type Someone, someone } from './changes.ts';
import type { FaultCase, Work } from './fault-case.ts';

type Next = (world: GateWorld, who: Someone, count: number) => Promise<Omit<Work, 'person'>>;

/** Makes rows of a connector, each of whose tries is about the same person, made new for the row. `next` gives the change of the `count`-th try, from 1 on. */
export function rowsOf({ kind, ...of }: Pick<FaultCase, 'connector' | 'system'> & { readonly kind: KindWithPeople }) {
  return (call: string, operation: string, next: Next): FaultCase => ({
    ...of,
    call,
    operation,
    prepare: async (world) => {
      const who = await someone(world, kind);
      let count = 0;
      return async () => {
        count += 1;
        return { person: who.person, ...(await next(world, who, count)) };
      };
    },
  });
}
