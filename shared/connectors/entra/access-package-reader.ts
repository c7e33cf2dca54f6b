import { z } from 'zod';
import type { AccessPackageReader } from '../../ports/readers/access-packages.ts';
import type { Api } from '../http/api.ts';
import { graphList } from '../http/graph-pages.ts';
import { odataLiteral } from '../http/odata-literal.ts';
import { withQuery } from '../http/with-query.ts';

const named = z.object({ id: z.string(), displayName: z.string().nullish() }).nullish();
const assignment = z.object({ id: z.string(), state: z.string().nullish(), accessPackage: named, assignmentPolicy: named });

/** Reads the assignments of access packages to a user (https://learn.microsoft.com/graph/api/entitlementmanagement-list-assignments). */
export function createAccessPackageReader(api: Api): AccessPackageReader {
  return {
    accessPackagesOf: async (accountId, signal) => {
      const path = withQuery('/identityGovernance/entitlementManagement/assignments', {
        $filter: `target/objectId eq ${odataLiteral(accountId)}`,
        $expand: 'accessPackage,assignmentPolicy',
      });
      const found = await graphList(api, { method: 'GET', path }, assignment, signal);
      return found
        .filter(({ state }) => state !== 'expired')
        .map(({ id, state, accessPackage, assignmentPolicy }) => ({
          id,
          name: accessPackage?.displayName ?? accessPackage?.id ?? id,
          grants: `${accessPackage?.id ?? ''}/${assignmentPolicy?.id ?? ''}`,
          delivered: state === 'delivered',
        }));
    },
  };
}
