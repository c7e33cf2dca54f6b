import type { Bench } from '../figures.ts';
import { measureJoiners } from './joiners.ts';

/** How well the connectors use what the systems grant, on a virtual clock: figures are of calls and quotas, not of this machine. */
export const connectors: Bench = {
  name: 'connectors',
  does: 'joiners against the published quotas of Graph, on a virtual clock',
  run: ({ short, people }) => measureJoiners(people ?? (short ? 200 : 2_000)),
};
