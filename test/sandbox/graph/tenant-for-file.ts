import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openWorld, type OpenedWorld } from '../../../sandbox/foundation/open-world.ts';
import { startGraph, type RunningGraph } from '../../../sandbox/graph/start-graph.ts';
import { issueGraphToken } from '../../../sandbox/tokens/issue-token.ts';

/** A body as a test reads it: the properties that tests look at. What an answer lacks is undefined, and then the expectation fails. */
export type Shown = {
  readonly '@odata.count': number;
  readonly '@odata.nextLink': string;
  readonly id: string;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details: readonly { readonly code: string; readonly target: string }[];
    readonly innerError: Readonly<Record<string, string>>;
  };
  readonly value: readonly Shown[];
  readonly responses: readonly {
    readonly id: string;
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Shown;
  }[];
  readonly displayName: string;
  readonly manager: Shown;
  readonly accountEnabled: boolean;
  readonly userPrincipalName: string;
  readonly otherMails: readonly string[];
  readonly proxyAddresses: readonly string[];
  readonly mail: string;
  readonly passwordProfile: null;
  readonly deletedDateTime: string;
  readonly assignedLicenses: readonly { readonly skuId: string }[];
  readonly signInSessionsValidFromDateTime: string;
  readonly onPremisesImmutableId: string;
  readonly temporaryAccessPass: string | null;
  readonly isUsable: boolean;
  readonly methodUsabilityReason: string;
  readonly skuId: string;
  readonly consumedUnits: number;
  readonly principalId: string;
  readonly subject: string;
};

/** An answer as a test looks at it. */
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Shown };

/** A tenant shared by the tests of one file, called over HTTP with a valid token. */
export type TestTenant = {
  readonly world: () => OpenedWorld;
  readonly url: () => string;
  readonly token: () => string;
  readonly call: (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  /** Creates a cloud user and gives the id. */
  readonly newUser: (alias: string, more?: Readonly<Record<string, unknown>>) => Promise<string>;
  /** The tenant as it comes back after the process ended. */
  readonly restart: () => Promise<void>;
};

/** Starts a tenant before the file's tests and stops it after them. */
export function tenantForFile(): TestTenant {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-graph-'));
  let world: OpenedWorld;
  let graph: RunningGraph;
  let token: string;
  const start = async (): Promise<void> => {
    world = openWorld({ dataDir });
    graph = await startGraph(world, { port: 0 });
    ({ token } = await issueGraphToken(world));
  };
  const stop = async (): Promise<void> => {
    await graph.stop();
    world.close();
  };
  beforeAll(start);
  afterAll(async () => {
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const call: TestTenant['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${graph.url}/v1.0${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text === '' ? undefined : JSON.parse(text)) as Shown };
  };
  const newUser: TestTenant['newUser'] = async (alias, more = {}) => {
    const values = {
      accountEnabled: true,
      displayName: alias,
      mailNickname: alias,
      userPrincipalName: `${alias}@contoso.example`,
      passwordProfile: { password: 'Correct-Horse-7' },
    };
    const { status, body } = await call('POST', '/users', { ...values, ...more });
    if (status !== 201) throw new Error(`The user was not created: ${JSON.stringify(body)}`);
    return String(body.id);
  };
  return {
    world: () => world,
    url: () => graph.url,
    token: () => token,
    call,
    newUser,
    restart: async () => {
      await stop();
      await start();
    },
  };
}

/** The entity that a directory object reference leads to. */
export function reference(id: string): { readonly '@odata.id': string } {
  return { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` };
}

/** Well-known people and groups of the seeded company. */
export const known = {
  chief: 'e1000000-0000-4000-8000-000000010001',
  employee: 'e1000000-0000-4000-8000-000000010007',
  privileged: 'e1000000-0000-4000-8000-000000010008',
  contractor: 'e1000000-0000-4000-8000-000000020003',
  allEmployees: 'a1000000-0000-4000-8000-000000000001',
  allContractors: 'a1000000-0000-4000-8000-000000000002',
  platformTeam: 'a1000000-0000-4000-8000-000000000003',
  portugal: 'a1000000-0000-4000-8000-00000000000d',
  privilegedOperators: 'a1000000-0000-4000-8000-00000000000e',
  e3: '05e9a617-0261-4cee-bb44-138d3ef5d965',
  f1: '66b55226-6b4f-492c-910c-a3b7a3c9d993',
} as const;
