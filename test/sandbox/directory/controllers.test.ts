import { Client } from 'ldapts';
import { expect, test } from 'vitest';
import { change, newUser, openDirectory, portugal, read, trusting, type OpenDirectory } from './open-directory.ts';

const dn = `CN=Ada Lima,${portugal}`;

async function onSecond({ directory }: OpenDirectory): Promise<Client> {
  const url = `ldaps://127.0.0.1:${directory.second?.ldaps}`;
  const client = new Client({ url, tlsOptions: { ...trusting(directory), servername: 'dc2.corp.contoso.example' }, timeout: 5000 });
  await client.bind('svc-gatehouse@corp.contoso.example', 'sandbox-ad-secret');
  return client;
}

async function valueOf(client: Client, attribute: string): Promise<unknown> {
  return (await read(client, dn, { attributes: [attribute] }))[attribute];
}

test('the second controller says who it is, and holds the same directory', async () => {
  const open = await openDirectory();
  const second = await onSecond(open);
  const named = async (client: Client) => read(client, '', { attributes: ['dnsHostName', 'serverName'] });
  expect(await named(open.client)).toMatchObject({
    dnsHostName: 'dc1.corp.contoso.example',
    serverName: expect.stringMatching(/^CN=DC1,/),
  });
  expect(await named(second)).toMatchObject({ dnsHostName: 'dc2.corp.contoso.example', serverName: expect.stringMatching(/^CN=DC2,/) });
  await open.client.add(dn, newUser('ada.lima'));
  expect(await valueOf(second, 'userAccountControl')).toBe('512');
  expect(open.world.requests.since('directory', 0).at(-1)?.requestBody).toMatchObject({ controller: 'dc2' });
  await second.unbind();
});

test("a change reaches the other controller after the delay, attribute by attribute, and is not undone by the other's own writes meanwhile", async () => {
  const open = await openDirectory();
  const second = await onSecond(open);
  await open.client.add(dn, newUser('ada.lima', { title: 'Engineer' }));
  open.world.changeSettings({ directory: { replicationDelayMs: 3_600_000 } });
  await open.client.modify(dn, change('replace', 'userAccountControl', '514'));
  await second.modify(dn, change('replace', 'title', 'Lead'));
  expect([await valueOf(open.client, 'userAccountControl'), await valueOf(second, 'userAccountControl')]).toEqual(['514', '512']);
  expect([await valueOf(open.client, 'title'), await valueOf(second, 'title')]).toEqual(['Engineer', 'Lead']);
  const { searchEntries } = await second.search(portugal, { filter: '(&(sAMAccountName=ada.lima)(userAccountControl=512))' });
  expect(searchEntries).toHaveLength(1);
  open.world.clock.setOffset(open.world.clock.offsetMs() + 3_600_001);
  expect([await valueOf(open.client, 'userAccountControl'), await valueOf(second, 'userAccountControl')]).toEqual(['514', '514']);
  expect([await valueOf(open.client, 'title'), await valueOf(second, 'title')]).toEqual(['Lead', 'Lead']);
  await second.unbind();
});

test('a new account is unknown to the other controller until it has replicated', async () => {
  const open = await openDirectory();
  const second = await onSecond(open);
  open.world.changeSettings({ directory: { replicationDelayMs: 60_000 } });
  await open.client.add(dn, newUser('ada.lima'));
  await expect(second.search(dn, { scope: 'base' })).rejects.toMatchObject({ code: 32 });
  open.world.clock.setOffset(open.world.clock.offsetMs() + 60_001);
  expect(await valueOf(second, 'userAccountControl')).toBe('512');
  await second.unbind();
});

test('an unreachable controller cuts connections, open ones too, while the other goes on', async () => {
  const open = await openDirectory();
  const second = await onSecond(open);
  open.world.changeSettings({ directory: { unreachable: ['dc2'] } });
  await expect(second.search('', { scope: 'base' })).rejects.toThrow();
  await expect(onSecond(open)).rejects.toThrow();
  expect(await read(open.client, '', { attributes: ['dnsHostName'] })).toMatchObject({ dnsHostName: 'dc1.corp.contoso.example' });
  open.world.changeSettings({ directory: { unreachable: [] } });
  const back = await onSecond(open);
  await back.unbind();
});
