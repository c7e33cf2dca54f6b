import { z } from 'zod';

const tenant = '8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4';
const token = z.object({ access_token: z.string() });

/** What another administrator does in the tenant: past the application by the control port, and over Graph's own API where that has no way. */
export type GraphAdmin = {
  enable(user: string, accountEnabled: boolean): Promise<void>;
  addMember(group: string, user: string): Promise<void>;
  removeMember(group: string, user: string): Promise<void>;
  deleteUser(user: string): Promise<void>;
  /** All delta tokens that are out are answered 410. */
  resync(resource: 'users' | 'groups'): Promise<void>;
  /** The latest changes are told once more. */
  replay(resource: 'users' | 'groups', items: number): Promise<void>;
};

/** Acts in the sandbox's tenant. */
export function graphAdmin({ urls }: { readonly urls: { readonly control: string; readonly graph: string } }): GraphAdmin {
  const control = (method: string, path: string, body: object = {}) =>
    call(`${urls.control}${path}`, { method, body: JSON.stringify(body) });
  return {
    enable: (user, accountEnabled) => control('POST', `/graph/users/${user}`, { accountEnabled }),
    addMember: (group, user) => control('POST', `/graph/groups/${group}/members`, { user }),
    removeMember: (group, user) => call(`${urls.control}/graph/groups/${group}/members/${user}`, { method: 'DELETE' }),
    resync: (resource) => control('POST', '/graph/delta', { resync: resource }),
    replay: (resource, items) => control('POST', '/graph/delta', { replay: resource, items }),
    deleteUser: async (user) => {
      const form = {
        grant_type: 'client_credentials',
        client_id: '5d3f6c1e-0a4b-4f57-8f7e-2b1c9d8e7f60',
        client_secret: 'sandbox-graph-secret',
        scope: 'https://graph.microsoft.com/.default',
      };
      const answer = await fetch(`${urls.graph}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams(form) });
      const bearer = token.parse(await answer.json()).access_token;
      await call(`${urls.graph}/v1.0/users/${user}`, { method: 'DELETE', headers: { Authorization: `Bearer ${bearer}` } });
    },
  };
}

async function call(url: string, init: RequestInit): Promise<void> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${url} answered ${response.status}: ${await response.text()}`);
}
