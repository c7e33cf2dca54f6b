import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../sandbox/start-sandbox.ts';
import { atEnd, temporaryFolder } from '../foundation/temporary-world.ts';

type Body = Readonly<Record<string, unknown>>;

const tomas = 'd2000000-0000-4000-8000-000000010002';
const dmitri = { ad: 'd2000000-0000-4000-8000-000000010008', oci: 'b2000000000000000000000000010008' };
const aoife = 'b2000000000000000000000000010009';
const finance = 'd1000000-0000-4000-8000-000000000004';

async function aSandbox() {
  const sandbox = await startSandbox({ dataDir: temporaryFolder(), ports: { control: 0, graph: 0, oci: 0, ldap: 0, ldaps: 0 } });
  atEnd(sandbox.stop);
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(sandbox.urls.control + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: response.status, body: (await response.json()) as Body };
  };
  const held = async (system: string, list: string, id: string) =>
    ((await call('GET', `/state/${system}`)).body[list] as readonly Body[]).find((one) => one['id'] === id || one['objectGUID'] === id);
  return { sandbox, call, held };
}

describe('another administrator', () => {
  it('enables and disables accounts in the directory, protected ones too', async () => {
    const { call, held } = await aSandbox();
    expect((await call('POST', `/directory/users/${dmitri.ad}`, { enabled: false })).body).toMatchObject({ userAccountControl: 514 });
    expect(await held('directory', 'objects', dmitri.ad)).toMatchObject({ userAccountControl: '514' });
    await call('POST', `/directory/users/${dmitri.ad}`, { enabled: true });
    expect(await held('directory', 'objects', dmitri.ad)).toMatchObject({ userAccountControl: '512' });
    expect((await call('POST', `/directory/users/${finance}`, { enabled: true })).status).toBe(404);
    expect((await call('POST', `/directory/users/${tomas}`, { enabled: 'yes' })).status).toBe(400);
  });

  it('adds members to groups of the directory and removes them', async () => {
    const { call } = await aSandbox();
    const added = (await call('POST', `/directory/groups/${finance}/members`, { add: [tomas] })).body['members'];
    expect(added).toContainEqual(expect.stringContaining('CN=Tomás Guimarães'));
    const removed = (await call('POST', `/directory/groups/${finance}/members`, { remove: [tomas] })).body['members'];
    expect(removed).not.toContainEqual(expect.stringContaining('CN=Tomás Guimarães'));
    expect((await call('POST', `/directory/groups/${finance}/members`, { add: ['d2000000-0000-4000-8000-0000000fffff'] })).status).toBe(
      404,
    );
  });

  it('enables users of OCI, gives back capabilities and makes credentials', async () => {
    const { call, held } = await aSandbox();
    expect((await call('POST', `/oci/users/${aoife}`, { active: false, capabilities: { canUseApiKeys: false } })).body).toMatchObject({
      active: false,
    });
    expect((await call('POST', `/oci/users/${aoife}`, { active: true })).status).toBe(200);
    expect(await held('oci', 'users', aoife)).toMatchObject({ active: true, credentials: {} });
    expect((await call('POST', `/oci/users/${aoife}/credentials`, { kind: 'ApiKey' })).status).toBe(200);
    expect(await held('oci', 'users', aoife)).toMatchObject({ credentials: { apiKeys: [expect.anything()] } });
    expect((await call('POST', `/oci/users/${aoife}/credentials`, { kind: 'Passport' })).status).toBe(400);
    expect((await call('POST', '/oci/users/nobody', { active: true })).status).toBe(404);
  });

  it('leaves no trace among the requests and counters of clients', async () => {
    const { call, sandbox } = await aSandbox();
    await call('POST', `/directory/users/${tomas}`, { enabled: false });
    await call('POST', `/oci/users/${aoife}`, { active: false });
    expect(sandbox.world.requests.counters()).toMatchObject({ directory: { writes: 0 }, oci: { writes: 0 } });
  });
});
