/**
 * A room of the house: the files under `path`, and what they may import (anything, where `imports` is absent). `types` may be imported as types only.
 * `packages` closes the list of packages (a name also allows its subpaths); without it, `never` names those that belong elsewhere.
 */
export type Room = {
  readonly name: string;
  readonly path: string;
  readonly imports?: readonly string[];
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
  readonly never?: readonly string[];
};

const PURE = ['zod', 'temporal-polyfill'];
const PORTS = ['ports', 'readers'];
const RULES = ['mapping', 'workflows', 'access'];
const DATABASE = ['kysely', 'pg', '@electric-sql/pglite'];
const PRODUCT_WIRE = ['ldapts', '@microsoft/microsoft-graph-client'];
// Independent clients and servers that only tests speak with.
const PEERS = ['oci-identitydomains', 'oci-common', 'scimmy', 'scimmy-routers', 'express'];
// Product code speaks of spans and metrics through shared/telemetry; what sends them is loaded in functions/telemetry.
const TELEMETRY = ['@opentelemetry/api'];
const SERVERS = ['hono', 'rhea', '@wildboar/ldap'];

/** The import table of docs/architecture.md. The room of a file is the one with the longest matching path; `errors` may be imported by all but itself. */
export const rooms: readonly Room[] = [
  { name: 'errors', path: 'shared/errors.ts', imports: [], packages: [] },
  { name: 'domain', path: 'shared/domain/', imports: ['errors'], packages: PURE },
  { name: 'ports', path: 'shared/ports/', imports: ['errors', 'domain', 'readers', 'writers'], packages: PURE },
  { name: 'readers', path: 'shared/ports/readers/', imports: ['errors', 'domain', 'ports'], packages: PURE },
  { name: 'writers', path: 'shared/ports/writers/', imports: ['errors', 'domain', 'ports', 'readers'], packages: PURE },
  { name: 'telemetry', path: 'shared/telemetry/', imports: ['errors'], packages: ['@opentelemetry/api', 'node:async_hooks'] },
  { name: 'mapping', path: 'shared/mapping/', imports: ['errors', 'domain'], packages: PURE },
  { name: 'workflows', path: 'shared/workflows/', imports: ['errors', 'domain'], packages: PURE },
  { name: 'access', path: 'shared/access/', imports: ['errors', 'domain'], packages: PURE },
  { name: 'config', path: 'shared/config/', imports: ['errors', 'domain', ...RULES], packages: [...PURE, 'yaml', 'node:'] },
  { name: 'tasks', path: 'shared/tasks/', imports: ['errors', 'domain', 'readers', 'mapping', 'access'], packages: PURE },
  { name: 'gate', path: 'shared/gate/', imports: ['errors', 'domain', ...PORTS, 'writers'], packages: [...PURE, 'node:crypto'] },
  { name: 'registry', path: 'shared/registry/', imports: ['errors', 'domain', ...PORTS], packages: [...PURE, ...DATABASE, 'node:'] },
  {
    name: 'connectors',
    path: 'shared/connectors/',
    imports: ['errors', 'domain', ...PORTS, 'writers', 'telemetry'],
    never: [...DATABASE, ...SERVERS, ...PEERS, ...TELEMETRY, 'yaml', 'durable-functions', '@azure/functions', 'commander'],
  },
  {
    name: 'operations',
    path: 'shared/operations/',
    imports: ['errors', 'domain', ...PORTS, ...RULES, 'config', 'tasks', 'gate', 'telemetry'],
    packages: [...PURE, 'node:crypto'],
  },
  {
    name: 'orchestrations',
    path: 'orchestrations/',
    imports: ['errors', 'domain', 'workflows', 'durable'],
    types: ['operations'],
    packages: [],
  },
  {
    name: 'durable',
    path: 'orchestrations/durable.ts',
    imports: ['errors', 'domain', 'workflows'],
    types: ['operations'],
    packages: ['durable-functions'],
  },
  {
    name: 'functions',
    path: 'functions/',
    imports: [
      'errors',
      'domain',
      ...PORTS,
      ...RULES,
      'config',
      'tasks',
      'gate',
      'registry',
      'connectors',
      'operations',
      'orchestrations',
      'durable',
      'console',
      'telemetry',
    ],
    never: [...DATABASE, ...PRODUCT_WIRE, ...PEERS, 'rhea', '@wildboar/ldap', 'yaml', 'commander'],
  },
  { name: 'console', path: 'console/', imports: ['errors', 'domain'], packages: ['hono', 'temporal-polyfill'] },
  { name: 'cli', path: 'cli/', imports: [], packages: ['commander', 'csv-parse', 'table', 'zod', 'node:'] },
  { name: 'host', path: 'host/', imports: [], never: PEERS },
  {
    name: 'sandbox',
    path: 'sandbox/',
    imports: [],
    never: [...PRODUCT_WIRE, ...PEERS, '@azure/identity', 'kysely', 'durable-functions', '@azure/functions'],
  },
  { name: 'scripts', path: 'scripts/', never: PEERS },
  { name: 'test', path: 'test/' },
  { name: 'bench', path: 'bench/' },
];

/** The room that a file belongs to, or undefined where the house has no such room. */
export function roomOf(path: string): Room | undefined {
  return rooms.filter((room) => path.startsWith(room.path)).toSorted((a, b) => b.path.length - a.path.length)[0];
}
