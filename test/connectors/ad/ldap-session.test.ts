import { mkdtemp, rm } from 'node:fs/promises';
import { connect as connectTcp, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, type OpenedWorld } from '../../../sandbox/foundation/open-world.ts';
import { startDirectory } from '../../../sandbox/directory/start-directory.ts';
import { anything, createLdapDirectory } from '../../../shared/connectors/ad/ldap-directory.ts';
import { createLdapSession, type LdapSettings } from '../../../shared/connectors/ad/ldap-session.ts';

const baseDn = 'DC=corp,DC=contoso,DC=example';
const signal = AbortSignal.timeout(30_000);

let dataDir: string;
let world: OpenedWorld;
let directory: Awaited<ReturnType<typeof startDirectory>>;
let settings: LdapSettings;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-ldap-'));
  world = openWorld({ dataDir });
  directory = await startDirectory(world, { ldapPort: 0, ldapsPort: 0 });
  settings = {
    url: `ldaps://127.0.0.1:${directory.ldapsPort}`,
    caFile: directory.caFile,
    user: 'svc-gatehouse@corp.contoso.example',
    password: () => Promise.resolve('sandbox-ad-secret'),
    timeoutMs: 5_000,
  };
});
afterAll(async () => {
  await directory.stop();
  world.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function countUsers(from: LdapSettings | ReturnType<typeof createLdapSession>): Promise<number> {
  const session = 'run' in from ? from : createLdapSession(from);
  let count = 0;
  for await (const _ of createLdapDirectory(session).search({ base: baseDn, scope: 'sub', filter: anything, attributes: ['cn'] }, signal))
    count += 1;
  if (!('run' in from)) await session.close();
  return count;
}

const binds = () => world.requests.since('directory', 0).filter(({ operation }) => operation === 'ldap.bind').length;

describe('the connection to the directory', () => {
  it('is made and signed in once, however many ask at the same time', async () => {
    const before = binds();
    const session = createLdapSession(settings);
    await Promise.all([countUsers(session), countUsers(session), countUsers(session)]);
    expect(binds() - before).toBe(1);
    await session.close();
  });

  it('is made anew and signed in again after it was lost, never used anonymously', async () => {
    const proxy = await startProxy(directory.ldapsPort);
    const session = createLdapSession({ ...settings, url: `ldaps://127.0.0.1:${proxy.port}` });
    const before = binds();
    const count = await countUsers(session);
    proxy.cut();
    await expect.poll(() => proxy.open()).toBe(0);
    expect(await countUsers(session)).toBe(count);
    expect(binds() - before).toBe(2);
    await session.close();
    await proxy.stop();
  });

  it('is refused to a server whose certificate the CA did not sign', async () => {
    const { url, user, password } = settings;
    await expect(countUsers({ url, user, password })).rejects.toMatchObject({
      code: 'target-unreachable',
      message: expect.stringMatching(/certificate/i),
    });
  });

  it('is refused to an address that is none of a directory', () => {
    expect(() => createLdapSession({ ...settings, url: 'http://127.0.0.1:389' })).toThrow('must begin with ldaps://');
  });

  it('says in words why a sign-in failed, and not the password', async () => {
    const failed = countUsers({ ...settings, password: () => Promise.resolve('not-the-password') });
    await expect(failed).rejects.toMatchObject({ message: expect.stringContaining('the name or password is wrong') });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('not-the-password') });
  });

  it('is not tried over and over with a wrong password, which would lock the account out', async () => {
    const before = binds();
    const session = createLdapSession({ ...settings, password: () => Promise.resolve('not-the-password') });
    for (let attempt = 0; attempt < 3; attempt += 1) await expect(countUsers(session)).rejects.toThrow('the name or password is wrong');
    expect(binds() - before).toBe(1);
  });

  it('is not tried with an empty password, which some servers take for anonymous', async () => {
    const before = binds();
    await expect(countUsers({ ...settings, password: () => Promise.resolve('') })).rejects.toMatchObject({ code: 'config-invalid' });
    expect(binds()).toBe(before);
  });

  it('pages through more than the server gives at once', async () => {
    const session = createLdapSession(settings);
    const ldap = createLdapDirectory(session);
    for (let number = 0; number < 520; number += 1) {
      const added = await ldap.add(
        `CN=Bulk ${number},OU=DE,OU=People,${baseDn}`,
        new Map([
          ['objectClass', ['user']],
          ['sAMAccountName', [`bulk${number}`]],
        ]),
        signal,
      );
      expect(added).toEqual({ is: 'ok' });
    }
    const found = new Set<string>();
    for await (const entry of ldap.search(
      { base: `OU=DE,OU=People,${baseDn}`, scope: 'sub', filter: anything, attributes: ['cn'] },
      signal,
    ))
      found.add(entry.dn);
    expect(found.size).toBeGreaterThan(520);
    await session.close();
  });
});

/** A TCP relay whose connections can be cut. */
async function startProxy(port: number) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connectTcp(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    }
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const cut = () => sockets.forEach((socket) => socket.destroy());
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut,
    open: () => sockets.size,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
