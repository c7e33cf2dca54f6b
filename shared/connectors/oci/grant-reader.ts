import { z } from 'zod';
import type { AppRoleReader } from '../../ports/readers/app-roles.ts';
import type { Api } from '../http/api.ts';
import { listResources } from './list-resources.ts';
import { equalsFilter } from './search-users.ts';

const named = z.object({ value: z.string().nullish(), display: z.string().nullish() }).nullish();
const grant = z.object({
  id: z.string().min(1),
  app: named,
  appEntitlementCollection: named,
  entitlement: z.object({ attributeName: z.string().nullish(), attributeValue: z.string().nullish() }).nullish(),
});

/** Reads what applications grant to a user directly (`/Grants`, Oracle's `oci-identitydomains` SDK): an application role, or the application as a whole. */
export function createGrantReader(api: Api): AppRoleReader {
  return {
    appRolesOf: async (accountId, signal) => {
      const filter = equalsFilter('grantee.value', accountId);
      const grants = await listResources(api, { path: '/Grants', filter, item: grant }, signal);
      return grants.map(({ id, app, appEntitlementCollection, entitlement }) => {
        const role = entitlement?.attributeValue ?? appEntitlementCollection?.value ?? '';
        const name = appEntitlementCollection?.display ?? entitlement?.attributeValue ?? 'access';
        return { id, application: app?.display ?? app?.value ?? '', role: name, grants: `${app?.value ?? ''}/${role}` };
      });
    },
  };
}
