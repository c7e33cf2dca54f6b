import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Client } from 'ldapts';
import { expect, test } from 'vitest';
import { directoryState } from '../../../sandbox/directory/directory-state.ts';
import { change, failure, newUser, openDirectory, portugal, quoted, read, trusting, type OpenDirectory } from './open-directory.ts';

const dn = `CN=Ada Lima,${portugal}`;

test('many requests on one connection are answered each with its own answer', async () => {
  const { client } = await openDirectory();
  await client.add(dn, newUser('ada.lima'));
  const wanted = Array.from({ length: 100 }, (_, index) => String(10001 + (index % 40)));
  const found = await Promise.all(
    wanted.map((id) => client.search(portugal.replace('OU=PT,', ''), { filter: `(employeeID=${id})`, attributes: ['employeeID'] })),
  );
  expect(found.map(({ searchEntries }) => searchEntries[0]?.['employeeID'])).toEqual(wanted);
});

test('a write whose answer is lost has landed, and says so when it is tried again', async () => {
  const { client, world, connect: reconnect } = await openDirectory();
  world.faults.add({
    system: 'directory',
    operation: 'ldap.add',
    object: 'Ada Lima',
    nth: 1,
    times: 1,
    phase: 'after',
    effect: { reset: true },
  });
  await expect(client.add(dn, newUser('ada.lima'))).rejects.toThrow(/closed/i);
  const again = reconnect();
  await again.bind('svc-gatehouse@corp.contoso.example', 'sandbox-ad-secret');
  expect(await failure(again.add(dn, newUser('ada.lima')))).toBe('68 00002071');
});

test('a fault before the commit keeps the write from happening, under the code that was ordered', async () => {
  const { client, world } = await openDirectory();
  world.faults.add({
    system: 'directory',
    operation: 'ldap.add',
    nth: 1,
    times: 2,
    phase: 'before',
    effect: { status: 503, message: 'busy' },
  });
  expect(await failure(client.add(dn, newUser('ada.lima')))).toBe('51 -');
  world.faults.clear();
  expect(await failure(client.search(dn))).toBe('32 0000208D');
});

test('a write that was received is done although the client hangs up meanwhile', async () => {
  const { client, world, connect: reconnect } = await openDirectory();
  world.faults.add({ system: 'directory', operation: 'ldap.add', nth: 1, times: 1, phase: 'before', effect: { delayMs: 100 } });
  const pending = client.add(dn, newUser('ada.lima')).catch(() => 'lost');
  await expect.poll(() => world.faults.list()[0]?.fired).toBe(1);
  await client.unbind();
  await pending;
  const again = reconnect();
  await again.bind('svc-gatehouse@corp.contoso.example', 'sandbox-ad-secret');
  await expect.poll(() => failure(again.search(dn))).toBe('accepted');
});

test('an abandoned request that has not begun is not done', async () => {
  const { directory, world } = await openDirectory();
  world.faults.add({ system: 'directory', operation: 'ldap.search', nth: 1, times: 1, phase: 'before', effect: { delayMs: 400 } });
  const socket = connectTls({ port: directory.ldapsPort, host: '127.0.0.1', ...trusting(directory) });
  // Message 7 searches the root entry, message 8 abandons it (RFC 4511 4.5, 4.11).
  socket.write(Buffer.from('3025020107632004000a01000a01000201000201000101ff870b6f626a656374436c6173733000', 'hex'));
  await expect.poll(() => world.faults.list()[0]?.fired).toBe(1);
  socket.write(Buffer.from('3006020108500107', 'hex'));
  await expect
    .poll(() => world.requests.since('directory', 0).at(-1))
    .toMatchObject({ operation: 'ldap.search', responseBody: { abandoned: true } });
  socket.destroy();
});

test('bytes that are not LDAP end the connection, and only that one', async () => {
  const { client, directory } = await openDirectory();
  const socket: Socket = connect(directory.ldapPort, '127.0.0.1');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => socket.destroy());
  socket.resume();
  socket.write('GET / HTTP/1.1\r\n\r\n');
  await closed;
  expect(await failure(client.search(portugal, { scope: 'base' }))).toBe('accepted');
});

test('requests are recorded by their logical names, with every password masked and known to the list of secrets', async () => {
  const { client, world } = await openDirectory();
  await client.add(dn, newUser('ada.lima', { title: 'Engineer' }));
  await client.modify(dn, change('replace', 'unicodePwd', quoted('Other-Horse-2026')));
  await client.search(portugal, { filter: '(cn=Ada*)', attributes: ['cn'] });
  const recorded = world.requests.since('directory', 0);
  expect(recorded.map(({ operation, path, status }) => `${operation} ${path} ${status}`)).toEqual([
    'ldap.bind svc-gatehouse@corp.contoso.example 0',
    `ldap.add ${dn} 0`,
    `ldap.modify ${dn} 0`,
    `ldap.search ${portugal}?cn?sub?(cn=Ada*) 0`,
  ]);
  const text = JSON.stringify(recorded);
  const secrets = world.secrets.list().map((secret) => secret.value);
  expect(secrets).toEqual(['sandbox-ad-secret', 'Correct-Horse-77', 'Other-Horse-2026']);
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(recorded[2]).toMatchObject({ requestBody: { changes: [{ operation: 'replace', name: 'unicodePwd', values: ['***'] }] } });
  expect(recorded[1]).toMatchObject({
    requestBody: {
      attributes: expect.arrayContaining([
        { name: 'unicodePwd', values: ['***'] },
        { name: 'title', values: ['Engineer'] },
      ]),
    },
  });
  expect(world.requests.counters().directory).toEqual({ reads: 2, writes: 2 });
});

test('the state shows every object with its values, and of a password only whether there is one', async () => {
  const { client, world } = await openDirectory();
  await client.add(dn, newUser('ada.lima'));
  const state = directoryState(world);
  const ada = state.objects.find((object) => object.dn === dn);
  expect(ada).toMatchObject({
    sAMAccountName: 'ada.lima',
    passwordSet: true,
    userAccountControl: '512',
    objectGUID: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(JSON.stringify(state)).not.toContain('Correct-Horse');
  expect(state.objects.find((object) => object.dn.startsWith('CN=GG-Staff,'))?.['member']).toHaveLength(42);
});

test('a message ends with a NUL character, as Active Directory ends it', async () => {
  const { client } = await openDirectory();
  await expect(client.del(dn)).rejects.toThrow('\0');
});

test('a busy port is named with the setting that moves it', async () => {
  const { world, directory }: OpenDirectory = await openDirectory();
  const { startDirectory } = await import('../../../sandbox/directory/start-directory.ts');
  await expect(startDirectory(world, { ldapPort: 0, ldapsPort: directory.ldapsPort })).rejects.toThrow(
    `Port ${directory.ldapsPort} is busy. Stop what listens there, or set GATEHOUSE_AD_URL`,
  );
});

test('several hundred writes in flight at once all land', async () => {
  const { directory } = await openDirectory();
  const client = new Client({ url: `ldaps://127.0.0.1:${directory.ldapsPort}`, tlsOptions: trusting(directory) });
  await client.bind('CORP\\svc-gatehouse', 'sandbox-ad-secret');
  await Promise.all(Array.from({ length: 300 }, (_, index) => client.add(`CN=Load ${index},${portugal}`, newUser(`load${index}`))));
  expect((await client.search(portugal, { filter: '(cn=Load*)', attributes: ['1.1'] })).searchEntries).toHaveLength(300);
  expect((await read(client, `CN=Load 299,${portugal}`))['userAccountControl']).toBe('512');
  await client.unbind();
});
