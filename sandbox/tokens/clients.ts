import { createHash, timingSafeEqual } from 'node:crypto';

/** The client by which Gatehouse calls Graph. */
export const graphClient = {
  id: '5d3f6c1e-0a4b-4f57-8f7e-2b1c9d8e7f60',
  secret: 'sandbox-graph-secret',
  scope: 'https://graph.microsoft.com/.default',
} as const;

/** Scope and audience of Gatehouse's own API. */
export const apiScope = { scope: 'api://gatehouse/.default', audience: 'api://gatehouse' } as const;

const apiRoles = {
  reader: ['reader'],
  operator: ['reader', 'operator'],
  approver: ['approver'],
  config: ['config'],
  admin: ['reader', 'operator', 'approver', 'config', 'admin'],
} as const;

/** A client of Gatehouse's own API. Its id is its name; its secret is `sandbox-<name>-secret`. */
export type ApiClient = keyof typeof apiRoles;

/** A client known to the tenant. */
export type KnownClient = { readonly is: 'graph' } | { readonly is: 'api'; readonly client: ApiClient };

/** Whether the text names a client of Gatehouse's own API. */
export function isApiClient(name: string): name is ApiClient {
  return Object.hasOwn(apiRoles, name);
}

/** The app roles that the client's token carries. */
export function rolesOf(client: ApiClient): readonly string[] {
  return apiRoles[client];
}

/** The client with this id and secret, or undefined when either is wrong. */
export function authenticateClient(id: string, secret: string): KnownClient | undefined {
  if (id === graphClient.id && isSame(secret, graphClient.secret)) return { is: 'graph' };
  if (isApiClient(id) && isSame(secret, `sandbox-${id}-secret`)) return { is: 'api', client: id };
  return undefined;
}

function isSame(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
