import { createHash, timingSafeEqual } from 'node:crypto';

/** The client by which Gatehouse calls Graph. */
export const graphClient = {
  id: '5d3f6c1e-0a4b-4f57-8f7e-2b1c9d8e7f60',
  secret: 'sandbox-graph-secret',
  scope: 'https://graph.microsoft.com/.default',
} as const;

/** The client by which Gatehouse's function app of privileged changes calls Graph, where it is one of its own. */
export const handsClient = { id: '9b7e2f54-6d1a-4c83-b0e9-41f5a2c7d836', secret: 'sandbox-hands-secret' } as const;

/** The applications that call Graph, by their ids. */
const graphClients: Readonly<Record<string, string>> = { [graphClient.id]: graphClient.secret, [handsClient.id]: handsClient.secret };

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
export type KnownClient = { readonly is: 'graph'; readonly id: string } | { readonly is: 'api'; readonly client: ApiClient };

/** Whether the text names a client of Gatehouse's own API. */
export function isApiClient(name: string): name is ApiClient {
  return Object.hasOwn(apiRoles, name);
}

/** Whether the text names an application that calls Graph. */
export function isGraphClient(id: string): boolean {
  return Object.hasOwn(graphClients, id);
}

/** The app roles that the client's token carries. */
export function rolesOf(client: ApiClient): readonly string[] {
  return apiRoles[client];
}

/** The client with this id and secret, or undefined when either is wrong. */
export function authenticateClient(id: string, secret: string): KnownClient | undefined {
  const known = isGraphClient(id) ? graphClients[id] : undefined;
  if (known !== undefined && isSame(secret, known)) return { is: 'graph', id };
  if (isApiClient(id) && isSame(secret, `sandbox-${id}-secret`)) return { is: 'api', client: id };
  return undefined;
}

function isSame(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
