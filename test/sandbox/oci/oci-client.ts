import type { OpenedWorld } from '../../../sandbox/foundation/open-world.ts';
import { startOci } from '../../../sandbox/oci/start-oci.ts';
import { atEnd, temporaryWorld } from '../foundation/temporary-world.ts';

/** What the tests look into of an answer, be it a resource, a list or an error; absent where the answer is of another kind. */
export type Body = {
  readonly id: string;
  readonly detail: string;
  readonly title?: string;
  readonly name: unknown;
  readonly active: boolean;
  readonly displayName: string;
  readonly scimType?: string;
  readonly meta: { readonly version: string };
  readonly emails?: readonly Readonly<Record<string, unknown>>[];
  readonly groups?: readonly unknown[];
  readonly members?: readonly { readonly value: string; readonly name: string }[];
  readonly totalResults: number;
  readonly Resources: readonly Body[];
  readonly [urn: `urn:${string}`]: Readonly<Record<string, unknown>>;
};

/** An answer of the domain. */
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Body };

/** A client of an identity domain of the test's own. */
export type OciClient = {
  readonly world: OpenedWorld;
  readonly url: string;
  readonly call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
};

export const urn = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  oracle: 'urn:ietf:params:scim:schemas:oracle:idcs:extension:user:User',
  capabilities: 'urn:ietf:params:scim:schemas:oracle:idcs:extension:capabilities:User',
  error: 'urn:ietf:params:scim:api:oracle:idcs:extension:messages:Error',
  patch: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
} as const;

/** Asks for a token as an OAuth client does. */
export function requestToken(url: string, secret = 'sandbox-oci-secret', scope = 'urn:opc:idm:__myscopes__'): Promise<Response> {
  return fetch(`${url}/oauth2/v1/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from(`gatehouse:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
}

/** Starts an identity domain on a free port, with a token in hand; its rate limits go by the given clock. */
export async function anOciClient(monotonic?: () => number): Promise<OciClient> {
  const world = temporaryWorld();
  const oci = await startOci(world, { port: 0, ...(monotonic === undefined ? {} : { monotonic }) });
  atEnd(oci.stop);
  const { access_token: token } = (await (await requestToken(oci.url)).json()) as { access_token: string };
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
    const response = await fetch(`${oci.url}/admin/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as Body };
  };
  return { world, url: oci.url, call };
}

/** A user that the domain takes, with changes. */
export function aUser(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    schemas: [urn.user],
    userName: 'zoe.obrien@contoso.example',
    name: { givenName: 'Zoë', familyName: "O'Brien" },
    emails: [{ value: 'zoe.obrien@contoso.example', type: 'work', primary: true }],
    ...changes,
  };
}

/** A PATCH body. */
export function aPatch(...operations: readonly unknown[]): unknown {
  return { schemas: [urn.patch], Operations: operations };
}

/** Query text for a filter. */
export function filtered(filter: string): string {
  return `?filter=${encodeURIComponent(filter)}`;
}
