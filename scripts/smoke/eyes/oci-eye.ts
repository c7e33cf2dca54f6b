import { z } from 'zod';
import type { Eye } from './eye.ts';
import { plainCall } from './plain-call.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const credentials = 'urn:ietf:params:scim:schemas:oracle:idcs:extension:userCredentials:User';
const kinds = ['apiKeys', 'authTokens', 'customerSecretKeys', 'smtpCredentials', 'oAuth2ClientCredentials', 'dbCredentials'] as const;

const found = z.object({ Resources: z.array(z.object({ id: z.string() })).default([]) });
const user = z.looseObject({
  active: z.boolean().default(false),
  userName: z.string(),
  displayName: z.string().nullish(),
  title: z.string().nullish(),
  externalId: z.string().nullish(),
  name: z.object({ givenName: z.string().nullish(), familyName: z.string().nullish() }).nullish(),
  groups: z.array(z.object({ value: z.string() })).nullish(),
  [enterprise]: z.record(z.string(), z.unknown()).nullish(),
  [credentials]: z.record(z.string(), z.array(z.unknown()).nullish()).nullish(),
});

/** Looks into an OCI identity domain through its SCIM API (https://docs.oracle.com/en-us/iaas/api/#/en/identity-domains/v1/). */
export function ociEye(url: string, token: string): Eye {
  const get = plainCall(`${url}/admin/v1`, token);
  const attributes = ['active', 'userName', 'displayName', 'title', 'externalId', 'name', 'groups'];
  const wanted = [...attributes, enterprise, ...kinds.map((kind) => `${credentials}:${kind}`)].map(encodeURIComponent).join(',');
  return {
    kind: 'oci',
    whose: () => Promise.resolve(new URL(url).host),
    find: async (workerId) => {
      const filter = encodeURIComponent(`${enterprise}:employeeNumber eq "${workerId}"`);
      return found.parse((await get(`/Users?filter=${filter}&attributes=id`))?.body).Resources.map(({ id }) => id);
    },
    async look(id) {
      const answer = await get(`/Users/${id}?attributes=${wanted}`);
      if (answer === undefined) return undefined;
      const seen = user.parse(answer.body);
      const { userName, displayName, title, externalId, name, groups, active } = seen;
      const held = seen[credentials] ?? {};
      return {
        enabled: active,
        attributes: {
          userName,
          displayName,
          title,
          externalId,
          'name.givenName': name?.givenName,
          'name.familyName': name?.familyName,
          ...seen[enterprise],
        },
        groups: (groups ?? []).map(({ value }) => value),
        licences: [],
        ways: kinds.filter((kind) => (held[kind] ?? []).length > 0),
        sessionsFrom: undefined,
        passwordSetAt: undefined,
      };
    },
  };
}
