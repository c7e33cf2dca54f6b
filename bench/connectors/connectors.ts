import type { Bench } from '../figures.ts';
import { measureJoiners } from './joiners.ts';
import { measureLargeGroup } from './large-group.ts';

/** How well the connectors use what the systems grant, on a virtual clock: figures are of calls and quotas, not of this machine. */
export const connectors: Bench = {
  name: 'connectors',
  does: 'joiners against the published quotas of Graph, and a large group put right, on a virtual clock',
  run: async ({ short, people }) => {
    const group = await measureLargeGroup(20_000);
    const joiners = await measureJoiners(people ?? (short ? 200 : 2_000));
    return { figures: [...group.figures, ...joiners.figures], failures: [...group.failures, ...joiners.failures] };
  },
};
