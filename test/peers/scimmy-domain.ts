import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';

/** A SCIM server that is not ours, in the place of an identity domain. */
export type ScimmyDomain = { readonly url: string; readonly stop: () => Promise<void> };

type Row = Record<string, unknown> & { readonly id: string };
type Asked = { readonly id?: string; readonly filter?: { match(rows: Row[]): Row[] } };

const { Attribute, Schema, SchemaDefinition } = SCIMMY.Types;

const idcs = 'urn:ietf:params:scim:schemas:oracle:idcs:extension';
const flag = (name: string) => new Attribute('boolean', name);
const list = (name: string) => new Attribute('complex', name, { multiValued: true }, [new Attribute('string', 'value')]);
const capabilities = [
  'Console',
  'ConsolePassword',
  'ApiKeys',
  'AuthTokens',
  'CustomerSecretKeys',
  'SmtpCredentials',
  'OAuth2ClientCredentials',
  'DbCredentials',
];
const credentials = ['apiKeys', 'authTokens', 'customerSecretKeys', 'smtpCredentials', 'oAuth2ClientCredentials', 'dbCredentials'];

/** Oracle's extensions of users, which the library does not know by itself: it answers 400 to who asks for an extension that was not declared. */
const extensions = [
  extensionOf('OracleUser', `${idcs}:user:User`, [
    flag('isFederatedUser'),
    new Attribute('boolean', 'bypassNotification', { returned: false }),
    new Attribute('string', 'status', { mutable: false }),
    list('appRoles'),
  ]),
  extensionOf(
    'Capabilities',
    `${idcs}:capabilities:User`,
    capabilities.map((name) => flag(`canUse${name}`)),
  ),
  extensionOf('UserCredentials', `${idcs}:userCredentials:User`, credentials.map(list)),
  extensionOf('Mfa', `${idcs}:mfa:User`, [
    new Attribute('string', 'mfaStatus'),
    ...['devices', 'bypassCodes', 'trustedUserAgents'].map(list),
  ]),
];

function extensionOf(name: string, urn: string, attributes: SCIMMY.Types.Attribute[]): typeof Schema {
  const definition = new SchemaDefinition(name, urn, name, attributes);
  return class extends Schema {
    static override get id() {
      return urn;
    }
    static override get definition() {
      return definition;
    }
    constructor(resource: object, direction: string, basepath?: string, filters?: SCIMMY.Types.Filter) {
      super(resource, direction);
      Object.assign(this, definition.coerce(resource, direction, basepath, filters));
    }
  };
}

/** Starts it on a free port with empty stores. The library keeps its resource types for the whole process, so there is one at a time. */
export async function startScimmyDomain(): Promise<ScimmyDomain> {
  const users = new Map<string, Row>();
  const groups = new Map<string, Row>();
  for (const extension of [SCIMMY.Schemas.EnterpriseUser, ...extensions]) SCIMMY.Resources.User.extend(extension, false);
  SCIMMY.Resources.declare(
    SCIMMY.Resources.User,
    handlers(users, 'userName', (user) => ({ ...user, groups: groupsWith(groups, user.id) })),
  );
  SCIMMY.Resources.declare(
    SCIMMY.Resources.Group,
    handlers(groups, 'displayName', (group) => group),
  );
  const app = express();
  app.use(express.json({ type: 'application/scim+json' }), (request, _response, next) => {
    // The library writes numbers into the query, which express reads anew each time. It fails on sub-attributes among those that are asked for (RFC 7644 section 3.9), so that it shows all.
    const { attributes: _, ...query } = request.query;
    Object.defineProperty(request, 'query', { value: query, writable: true });
    if (request.path.endsWith('/.search')) delete (request.body as Record<string, unknown>)['attributes'];
    next();
  });
  app.use('/admin/v1', new SCIMMYRouters({ type: 'bearer', handler: () => 'gatehouse' }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

function handlers(rows: Map<string, Row>, unique: string, shown: (row: Row) => Row) {
  const known = (id: string | undefined): Row => {
    const row = rows.get(id ?? '');
    if (row === undefined) throw new SCIMMY.Types.Error(404, '', `There is no ${id}.`);
    return row;
  };
  const sameName = (one: unknown, other: unknown) => String(one).toLowerCase() === String(other).toLowerCase();
  return {
    egress: ({ id, filter }: Asked) => {
      if (id !== undefined) return shown(known(id));
      const all = [...rows.values()].map(shown);
      return filter === undefined ? all : filter.match(all.map(flattened)).map(({ id: found }) => shown(known(found)));
    },
    ingress: ({ id }: Asked, instance: object) => {
      const written = JSON.parse(JSON.stringify(instance)) as Record<string, unknown>;
      const row = { ...written, id: id === undefined ? randomUUID().replaceAll('-', '') : known(id).id };
      if ([...rows.values()].some((other) => other.id !== row.id && sameName(other[unique], written[unique])))
        throw new SCIMMY.Types.Error(409, 'uniqueness', `${unique} is taken.`);
      rows.set(row.id, row);
      return shown(row);
    },
    degress: ({ id }: Asked) => {
      rows.delete(known(id).id);
    },
  };
}

/** The library looks attributes of an extension up under its URN and name together, and fails on a complex one that is absent. */
function flattened(row: Row): Row {
  const inExtensions = Object.entries(row).flatMap(([urn, held]) =>
    urn.startsWith('urn:') ? Object.entries(held as object).map(([name, value]) => [`${urn}:${name}`, value as unknown] as const) : [],
  );
  return { [`${SCIMMY.Schemas.EnterpriseUser.id}:manager`]: {}, ...row, ...Object.fromEntries(inExtensions) };
}

function groupsWith(groups: ReadonlyMap<string, Row>, userId: string): readonly object[] {
  const holds = (group: Row) => ((group['members'] ?? []) as readonly { readonly value: string }[]).some(({ value }) => value === userId);
  return [...groups.values()].filter(holds).map(({ id, displayName }) => ({ value: id, display: displayName }));
}
