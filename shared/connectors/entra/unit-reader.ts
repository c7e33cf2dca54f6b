import { z } from 'zod';
import type { FoundUnit, UnitReader } from '../../ports/readers/units.ts';
import type { Api } from '../http/api.ts';
import { foundOrUndefined } from '../http/found-or-undefined.ts';
import { graphList } from '../http/graph-pages.ts';
import { parseReply } from '../http/parse-reply.ts';
import { withQuery } from '../http/with-query.ts';

const unit = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  membershipType: z.string().nullish(),
  isMemberManagementRestricted: z.boolean().nullish(),
});
const selected = { $select: Object.keys(unit.shape).join(',') };

/** Reads administrative units (https://learn.microsoft.com/graph/api/resources/administrativeunit). */
export function createUnitReader(api: Api): UnitReader {
  return {
    unit: (unitId, signal) => foundOrUndefined(readUnit(api, unitId, signal)),
    unitsOf: async (accountId, signal) => {
      const path = withQuery(`/users/${encodeURIComponent(accountId)}/memberOf/microsoft.graph.administrativeUnit`, selected);
      return (await graphList(api, { method: 'GET', path }, unit, signal)).map(toUnit);
    },
  };
}

async function readUnit(api: Api, unitId: string, signal: AbortSignal): Promise<FoundUnit> {
  const path = withQuery(`/directory/administrativeUnits/${encodeURIComponent(unitId)}`, selected);
  return toUnit(parseReply(api.system, await api.read({ method: 'GET', path }, signal), unit));
}

function toUnit({ id, displayName, membershipType, isMemberManagementRestricted }: z.infer<typeof unit>): FoundUnit {
  const kind = membershipType === 'Dynamic' ? 'dynamic' : isMemberManagementRestricted === true ? 'restricted' : 'assigned';
  return { id, name: displayName ?? id, kind };
}
