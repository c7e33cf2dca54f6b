import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Attribute, Change, Client, ResultCodeError, type SearchOptions } from 'ldapts';
import { afterAll, afterEach, expect } from 'vitest';
import { startDirectory, type RunningDirectory } from '../../../sandbox/directory/start-directory.ts';
import { openWorld, type OpenedWorld } from '../../../sandbox/foundation/open-world.ts';

export const base = 'DC=corp,DC=contoso,DC=example';
export const portugal = `OU=PT,OU=People,${base}`;
export const password = 'Correct-Horse-77';

/** A running directory with the service account signed in over LDAPS. */
export type OpenDirectory = {
  readonly world: OpenedWorld;
  readonly directory: RunningDirectory;
  readonly client: Client;
  readonly connect: () => Client;
};

type Cleanup = () => Promise<void> | void;

const cleanups = { test: [] as Cleanup[], file: [] as Cleanup[] };

afterEach(() => cleanUp('test'));
afterAll(() => cleanUp('file'));

async function cleanUp(until: 'test' | 'file'): Promise<void> {
  for (const cleanup of cleanups[until].splice(0).reverse()) await cleanup();
}

/** Starts a directory in a new folder, stopped when the test ends, or for tests that leave no trace when the file does. */
export async function openDirectory(until: 'test' | 'file' = 'test'): Promise<OpenDirectory> {
  const dataDir = mkdtempSync(join(tmpdir(), 'directory-'));
  cleanups[until].push(() => rmSync(dataDir, { recursive: true, force: true }));
  const { stop, ...open } = await startIn(dataDir, until);
  cleanups[until].push(stop);
  return open;
}

/** Starts a directory in a folder; the caller stops it. */
export async function startIn(
  dataDir: string,
  until: 'test' | 'file' = 'test',
): Promise<OpenDirectory & { readonly stop: () => Promise<void> }> {
  const world = openWorld({ dataDir });
  const directory = await startDirectory(world, { ldapPort: 0, ldapsPort: 0, second: { ldap: 0, ldaps: 0 } });
  const connect = () => {
    const client = new Client({ url: `ldaps://127.0.0.1:${directory.ldapsPort}`, tlsOptions: trusting(directory), timeout: 10_000 });
    cleanups[until].push(() => client.unbind());
    return client;
  };
  const client = connect();
  await client.bind('svc-gatehouse@corp.contoso.example', 'sandbox-ad-secret');
  const stop = async () => {
    await directory.stop();
    world.close();
  };
  return { world, directory, client, connect, stop };
}

/** A folder that is removed when the test ends. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'directory-'));
  cleanups.test.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** TLS settings that trust the directory's own authority and nothing else. */
export function trusting(directory: RunningDirectory): { readonly ca: Buffer; readonly servername: string } {
  return { ca: readFileSync(directory.caFile), servername: 'dc1.corp.contoso.example' };
}

/** The value of `unicodePwd` for a password. */
export function quoted(text: string): Buffer {
  return Buffer.from(`"${text}"`, 'utf16le');
}

type Values = Readonly<Record<string, string | readonly string[] | Buffer>>;

/** Attributes as ldapts adds them. */
export function attributes(values: Values): Attribute[] {
  return Object.entries(values).map(([type, value]) => new Attribute({ type, values: Buffer.isBuffer(value) ? [value] : [value].flat() }));
}

/** Attributes of a user who can sign in. */
export function newUser(name: string, more: Values = {}): Attribute[] {
  const account = {
    sAMAccountName: name,
    userPrincipalName: `${name}@contoso.example`,
    userAccountControl: '512',
    unicodePwd: quoted(password),
  };
  return attributes({ objectClass: 'user', ...account, ...more });
}

/** One change of a modify request. */
export function change(operation: 'add' | 'delete' | 'replace', type: string, ...values: readonly string[] | readonly Buffer[]): Change {
  const [first] = values;
  const list = Buffer.isBuffer(first) ? [first] : values.map(String);
  return new Change({ operation, modification: new Attribute({ type, values: list }) });
}

/** The one entry that a base search finds. */
export async function read(client: Client, dn: string, options: SearchOptions = {}): Promise<Record<string, unknown>> {
  const { searchEntries } = await client.search(dn, { scope: 'base', ...options });
  expect(searchEntries).toHaveLength(1);
  return searchEntries[0] ?? {};
}

/** How a call failed: the result code, and the eight hexadecimal digits by which Active Directory tells failures apart. */
export async function failure(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof ResultCodeError)) throw error;
    const [, hex = '-'] = /([0-9A-F]{8}): /.exec(error.message) ?? [];
    const [, data] = / data ([0-9a-f]{3}),/.exec(error.message) ?? [];
    return `${error.code} ${hex}${data === undefined ? '' : ` ${data}`}`;
  }
  return 'accepted';
}
