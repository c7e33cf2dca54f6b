import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startDirectory } from '../../../sandbox/directory/start-directory.ts';
import { openWorld, type OpenedWorld } from '../../../sandbox/foundation/open-world.ts';
import { createControllerReader } from '../../../shared/connectors/ad/controller-reader.ts';
import { createFailoverSession } from '../../../shared/connectors/ad/failover-session.ts';
import { anything, createLdapDirectory } from '../../../shared/connectors/ad/ldap-directory.ts';
import { createLdapSession, type LdapSession } from '../../../shared/connectors/ad/ldap-session.ts';

const signal = AbortSignal.timeout(30_000);
let dataDir: string;
let world: OpenedWorld;
let directory: Awaited<ReturnType<typeof startDirectory>>;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-failover-'));
  world = openWorld({ dataDir });
  directory = await startDirectory(world, { ldapPort: 0, ldapsPort: 0, second: { ldap: 0, ldaps: 0 } });
});
afterEach(() => world.changeSettings({ directory: { unreachable: [] } }));
afterAll(async () => {
  await directory.stop();
  world.close();
  await rm(dataDir, { recursive: true, force: true });
});

function both(password = 'sandbox-ad-secret'): LdapSession {
  const [first, second] = [directory.ldapsPort, directory.second?.ldaps];
  const common = { caFile: directory.caFile, user: 'svc-gatehouse@corp.contoso.example', password: () => Promise.resolve(password) };
  return createFailoverSession([first, second].map((port) => createLdapSession({ ...common, url: `ldaps://127.0.0.1:${port}` })));
}

/** The controllers that answered since a request. */
function asked(since: number, operation: string): readonly unknown[] {
  const rows = world.requests.since('directory', since).filter((row) => row.operation === operation);
  // The first is not named in what was recorded.
  return rows.map(({ requestBody }) => (requestBody as { controller?: string }).controller ?? 'dc1');
}
const lastRequest = () => world.requests.since('directory', 0).at(-1)?.sequence ?? 0;

async function look(session: LdapSession): Promise<void> {
  const query = { base: 'DC=corp,DC=contoso,DC=example', scope: 'base' as const, filter: anything, attributes: ['dc'] };
  for await (const _ of createLdapDirectory(session).search(query, signal)) return;
}

describe('several controllers', () => {
  it('are not used but the first while it can be reached', async () => {
    const session = both();
    const since = lastRequest();
    await look(session);
    await look(session);
    expect(asked(since, 'ldap.search')).toEqual(['dc1', 'dc1']);
    await session.close();
  });

  it('are kept to once they have taken over, so that what was written is read back where it was written', async () => {
    const session = both();
    await look(session);
    world.changeSettings({ directory: { unreachable: ['dc1'] } });
    // The connection that was there is cut under the first call.
    await look(session).catch(() => look(session));
    world.changeSettings({ directory: { unreachable: [] } });
    const since = lastRequest();
    await look(session);
    await look(session);
    expect(asked(since, 'ldap.search')).toEqual(['dc2', 'dc2']);
    await session.close();
  });

  it('are not tried in turn with a password that one of them has refused, which would lock the account out', async () => {
    const session = both('wrong');
    const since = lastRequest();
    await expect(look(session)).rejects.toMatchObject({ message: expect.stringContaining('refused the sign-in') });
    expect(asked(since, 'ldap.bind')).toEqual(['dc1']);
    await session.close();
  });

  it.each([51, 52])('are tried in turn where one is too busy to sign anybody in (%i), and are asked again at once', async (status) => {
    const session = both();
    world.faults.add({ system: 'directory', operation: 'ldap.bind', nth: 1, times: 2, phase: 'before', effect: { status } });
    const since = lastRequest();
    await expect(look(session)).rejects.toMatchObject({ code: 'target-unreachable' });
    await look(session);
    expect(asked(since, 'ldap.bind').slice(0, 2)).toEqual(['dc1', 'dc2']);
    world.faults.clear();
    await session.close();
  });

  it('fail with why, when none can be reached', async () => {
    const session = both();
    world.changeSettings({ directory: { unreachable: ['dc1', 'dc2'] } });
    await expect(look(session)).rejects.toMatchObject({ code: 'target-unreachable' });
    await session.close();
  });

  it('that accept a connection and then say nothing are shown as away within seconds', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', () => resolve()));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const password = () => Promise.resolve('x');
    const session = createLdapSession({
      url: `ldaps://127.0.0.1:${port}`,
      caFile: directory.caFile,
      user: 'x',
      password,
      timeoutMs: 60_000,
    });
    const reader = createControllerReader([{ name: 'silent', directory: createLdapDirectory(session) }]);
    const shortly = AbortSignal.timeout(200);
    expect(await reader.views('a0000000-0000-4000-8000-000000000001', shortly)).toEqual([{ controller: 'silent', enabled: null }]);
    silent.close();
  });
});
