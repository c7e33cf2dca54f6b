import { z } from 'zod';
import type { Gatehouse } from '../support/product.ts';

const token = z.object({ access_token: z.string() });
const created = z.object({ id: z.string() });
const users = z.object({ users: z.array(z.looseObject({ id: z.string() })) });
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Makes accounts and memberships over the systems' own APIs, as an administrator might have done by hand. */
export type ByHand = {
  /** A cloud user in Entra; resolves with the id. */
  entraUser(employeeId: string, displayName: string, local: string): Promise<string>;
  /** A user in the OCI domain; resolves with the id. */
  ociUser(employeeNumber: string, name: { readonly given: string; readonly family: string }, local: string): Promise<string>;
  addToOciGroup(group: string, user: string): Promise<void>;
  /** Gives the OCI user of somebody else's a new employee number. */
  renumberOci(userName: string, employeeNumber: string): Promise<void>;
};

/** Signs in to Graph and the OCI domain of the company. */
export async function byHand({ world }: Gatehouse): Promise<ByHand> {
  const { GATEHOUSE_GRAPH_URL: graphUrl = '', GATEHOUSE_OCI_URL: ociUrl = '', GATEHOUSE_TENANT: tenant = '' } = world.settings;
  const client = {
    grant_type: 'client_credentials',
    client_id: '5d3f6c1e-0a4b-4f57-8f7e-2b1c9d8e7f60',
    client_secret: 'sandbox-graph-secret',
    scope: 'https://graph.microsoft.com/.default',
  };
  const graph = caller(`${graphUrl}/v1.0`, await signIn(`${graphUrl}/${tenant}/oauth2/v2.0/token`, client));
  const basic = { Authorization: `Basic ${Buffer.from('gatehouse:sandbox-oci-secret').toString('base64')}` };
  const oci = caller(
    `${ociUrl}/admin/v1`,
    await signIn(`${ociUrl}/oauth2/v1/token`, { grant_type: 'client_credentials', scope: 'urn:opc:idm:__myscopes__' }, basic),
  );
  const patch = (Operations: readonly object[]): object => ({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations });
  return {
    entraUser: async (employeeId, displayName, local) =>
      created.parse(
        await graph('POST', '/users', {
          accountEnabled: true,
          displayName,
          mailNickname: local,
          userPrincipalName: `${local}@contoso.example`,
          employeeId,
          passwordProfile: { password: 'By-hand-4711-xyz' },
        }),
      ).id,
    ociUser: async (employeeNumber, { given, family }, local) =>
      created.parse(
        await oci('POST', '/Users', {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
          userName: `${local}@contoso.example`,
          name: { givenName: given, familyName: family },
          displayName: `${given} ${family}`,
          emails: [{ value: `${local}@contoso.example`, type: 'work', primary: true }],
          [enterprise]: { employeeNumber },
        }),
      ).id,
    addToOciGroup: async (group, user) =>
      void (await oci('PATCH', `/Groups/${group}`, patch([{ op: 'add', path: 'members', value: [{ value: user, type: 'User' }] }]))),
    async renumberOci(userName, employeeNumber) {
      const user = users.parse(await world.get('/state/oci')).users.find((one) => one['userName'] === userName);
      await oci(
        'PATCH',
        `/Users/${user?.id ?? ''}`,
        patch([{ op: 'replace', path: `${enterprise}:employeeNumber`, value: employeeNumber }]),
      );
    },
  };
}

async function signIn(
  url: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers });
  return token.parse(await response.json()).access_token;
}

function caller(base: string, bearer: string): (method: 'POST' | 'PATCH', path: string, body: object) => Promise<unknown> {
  return async (method, path, body) => {
    const headers = {
      Authorization: `Bearer ${bearer}`,
      'Content-Type': base.endsWith('/admin/v1') ? 'application/scim+json' : 'application/json',
    };
    const request: RequestInit = { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${base}${path}`, request);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
}
