import type { UnitReader } from '../../ports/readers/units.ts';
import type { EdgeWriter } from '../../ports/writers/writers.ts';
import { resolvedId } from '../http/resolved-id.ts';
import type { EntraParts } from './entra-parts.ts';
import { setReference } from './reference-edge.ts';

/** Puts an account into an administrative unit and takes it out (https://learn.microsoft.com/graph/api/administrativeunit-post-members). */
export function createUnitWriter(parts: EntraParts, reader: UnitReader): EdgeWriter {
  return {
    setEdge: (change, signal) => {
      const [account, unit] = [resolvedId(change.object), resolvedId(change.other)];
      const isThere = async () => (await reader.unitsOf(account, signal)).some(({ id }) => id === unit);
      const collection = `/directory/administrativeUnits/${encodeURIComponent(unit)}/members`;
      return setReference(parts, change, { collection, member: account, isThere }, signal);
    },
  };
}
