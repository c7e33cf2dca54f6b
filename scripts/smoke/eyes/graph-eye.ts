import { z } from 'zod';
import type { Eye } from './eye.ts';
import { plainCall } from './plain-call.ts';

const organization = z.object({ value: z.tuple([z.object({ id: z.string() })]) });
const ids = z.object({ value: z.array(z.object({ id: z.string() })) });
const user = z.looseObject({
  accountEnabled: z.boolean(),
  assignedLicenses: z.array(z.object({ skuId: z.string() })).default([]),
  signInSessionsValidFromDateTime: z.string().nullish(),
});
const groups = z.object({ value: z.array(z.looseObject({ id: z.string(), groupTypes: z.array(z.string()).default([]) })) });
const methods = z.object({ value: z.array(z.looseObject({ '@odata.type': z.string() })) });

// Most are returned only when they are asked for: https://learn.microsoft.com/graph/api/resources/user
const selected =
  'id,accountEnabled,userPrincipalName,mailNickname,displayName,givenName,surname,jobTitle,department,companyName,officeLocation,city,country,usageLocation,employeeId,employeeType,onPremisesSyncEnabled,assignedLicenses,signInSessionsValidFromDateTime';

/** Looks into a tenant through Microsoft Graph v1.0, with a token that may read users, groups, licences and ways to sign in. */
export function graphEye(url: string, token: string): Eye {
  const get = plainCall(`${url}/v1.0`, token);
  const list = async (path: string): Promise<unknown> => (await get(path))?.body ?? { value: [] };
  return {
    kind: 'entra',
    whose: async () => organization.parse((await get('/organization?$select=id'))?.body).value[0].id,
    find: async (workerId) => {
      const filter = encodeURIComponent(`employeeId eq '${workerId}'`);
      return ids.parse(await list(`/users?$filter=${filter}&$select=id`)).value.map(({ id }) => id);
    },
    async look(id) {
      const found = await get(`/users/${id}?$select=${selected}`);
      if (found === undefined) return undefined;
      const { accountEnabled, assignedLicenses: held, signInSessionsValidFromDateTime: from, ...attributes } = user.parse(found.body);
      const memberOf = groups.parse(await list(`/users/${id}/memberOf/microsoft.graph.group?$select=id,groupTypes`)).value;
      const ways = methods.parse(await list(`/users/${id}/authentication/methods`)).value.map((method) => method['@odata.type']);
      return {
        enabled: accountEnabled,
        attributes,
        groups: memberOf.filter(({ groupTypes }) => !groupTypes.includes('DynamicMembership')).map((group) => group.id),
        licences: held.map(({ skuId }) => skuId),
        ways: ways.filter((way) => !way.endsWith('passwordAuthenticationMethod')),
        sessionsFrom: from == null ? undefined : Date.parse(from),
        passwordSetAt: undefined,
      };
    },
  };
}
