import { randomUUID } from 'node:crypto';
import { graphGrants } from '../../shared/connectors/http/graph-grants.ts';
import type { AzAnswer, AzRequest } from './az-server.ts';

type Assignment = {
  readonly id: string;
  readonly principalId: string;
  readonly resourceId: string;
  readonly appRoleId: string;
  readonly resourceDisplayName: string;
};

const graphId = '9a000000-0000-4000-8000-000000000001';
export const vaultId = '9a000000-0000-4000-8000-000000000002';
/** Object ids of the three identities. */
export const principals = { ingest: randomUUID(), work: randomUUID(), hands: randomUUID() } as const;

const values = [
  ...new Set([
    ...graphGrants.work,
    ...graphGrants.hands,
    'AppRoleAssignment.ReadWrite.All',
    'Mail.Send',
    'RoleManagement.ReadWrite.Directory',
  ]),
];
const appRoles = [
  ...values.map((value) => ({ id: randomUUID(), value, allowedMemberTypes: ['Application'] })),
  { id: randomUUID(), value: 'OnlyForPeople.Read', allowedMemberTypes: ['User'] },
];

/** A tenant, as far as who holds which application role in it: the service principal of Microsoft Graph, three identities, and their assignments. */
export class Directory {
  readonly assignments: Assignment[] = [];
  readonly directoryRoles = new Map<string, readonly string[]>();

  /** Gives an identity a role of Graph, or of another resource. */
  assign(principalId: string, value: string, resourceId = graphId): void {
    const appRoleId = resourceId === graphId ? (appRoles.find((role) => role.value === value)?.id ?? '') : randomUUID();
    const resourceDisplayName = resourceId === graphId ? 'Microsoft Graph' : 'Azure Key Vault';
    this.assignments.push({ id: randomUUID(), principalId, resourceId, appRoleId, resourceDisplayName });
  }

  /** What an identity holds in Graph, by name. */
  held(principalId: string): readonly string[] {
    const own = this.assignments.filter((one) => one.principalId === principalId && one.resourceId === graphId);
    return own.map(({ appRoleId }) => appRoles.find(({ id }) => id === appRoleId)?.value ?? appRoleId).toSorted();
  }

  /** Answers as Graph does: https://learn.microsoft.com/graph/api/resources/approleassignment. */
  answer({ method, url, body }: AzRequest): AzAnswer {
    const { pathname, searchParams } = new URL(url);
    const path = decodeURIComponent(pathname).replace('/v1.0', '');
    if (path === "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')")
      return { status: 200, body: { id: graphId, appRoles } };
    const [, principalId = '', part = ''] = /^\/servicePrincipals\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (part === 'transitiveMemberOf/microsoft.graph.directoryRole')
      return { status: 200, body: { value: (this.directoryRoles.get(principalId) ?? []).map((displayName) => ({ displayName })) } };
    if (part !== 'appRoleAssignments') return { status: 404, body: { error: { code: 'Request_ResourceNotFound' } } };
    return method === 'POST' ? this.#grant(body) : this.#page(principalId, Number(searchParams.get('skip') ?? 0), url);
  }

  #grant(body: unknown): AzAnswer {
    const { principalId, resourceId, appRoleId } = body as Assignment;
    if (this.assignments.some((one) => one.principalId === principalId && one.appRoleId === appRoleId))
      return {
        status: 400,
        body: { error: { code: 'Request_BadRequest', message: 'Permission being assigned already exists on the object' } },
      };
    const made = { id: randomUUID(), principalId, resourceId, appRoleId, resourceDisplayName: 'Microsoft Graph' };
    this.assignments.push(made);
    return { status: 201, body: made };
  }

  #page(principalId: string, skip: number, url: string): AzAnswer {
    const own = this.assignments.filter((one) => one.principalId === principalId);
    const size = 20;
    const next = own.length > skip + size ? `${url.split('?')[0]}?skip=${skip + size}` : undefined;
    return { status: 200, body: { value: own.slice(skip, skip + size), ...(next === undefined ? {} : { '@odata.nextLink': next }) } };
  }
}
