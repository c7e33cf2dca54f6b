import { Client } from 'ldapts';
import { expect, test } from 'vitest';
import { change, failure, newUser, openDirectory, password, portugal, read, trusting } from './open-directory.ts';

const dn = `CN=Ada Lima,${portugal}`;
const upn = 'ada.lima@contoso.example';

test('an account signs in by its principal name, its DOMAIN name or its distinguished name', async () => {
  const { client, connect } = await openDirectory();
  await client.add(dn, newUser('ada.lima'));
  for (const name of [upn, 'ada.lima@corp.contoso.example', 'CORP\\ada.lima', dn])
    expect(await failure(connect().bind(name, password)), name).toBe('accepted');
  expect(await failure(connect().bind('OTHER\\ada.lima', password))).toBe('49 80090308 52e');
});

test('a wrong password and an unknown account are refused alike', async () => {
  const { connect } = await openDirectory();
  expect(await failure(connect().bind('svc-gatehouse@corp.contoso.example', 'wrong'))).toBe('49 80090308 52e');
  expect(await failure(connect().bind('nobody@corp.contoso.example', 'wrong'))).toBe('49 80090308 52e');
});

test('a disabled, expired or unchanged password account is told why, but only to who knows the password', async () => {
  const { client, connect } = await openDirectory();
  await client.add(dn, newUser('ada.lima'));
  const because = async (attribute: string, value: string) => {
    await client.modify(dn, change('replace', attribute, value));
    return failure(connect().bind(upn, password));
  };
  expect(await because('pwdLastSet', '0')).toBe('49 80090308 773');
  expect(await because('accountExpires', '116444736000000000')).toBe('49 80090308 701');
  expect(await because('userAccountControl', '514')).toBe('49 80090308 533');
  expect(await failure(connect().bind(upn, 'wrong'))).toBe('49 80090308 52e');
});

test('ten wrong passwords lock an account until it is unlocked', async () => {
  const { client, connect } = await openDirectory();
  await client.add(dn, newUser('ada.lima'));
  const guesser = connect();
  for (let guess = 1; guess <= 10; guess += 1) expect(await failure(guesser.bind(upn, `guess ${guess}`))).toBe('49 80090308 52e');
  expect(await failure(guesser.bind(upn, password))).toBe('49 80090308 775');
  expect((await read(client, dn, { attributes: ['msDS-User-Account-Control-Computed'] }))['msDS-User-Account-Control-Computed']).toBe('16');
  await client.modify(dn, change('replace', 'lockoutTime', '0'));
  expect(await failure(connect().bind(upn, password))).toBe('accepted');
});

test('a password is taken only over an encrypted connection, which StartTLS makes of a plain one', async () => {
  const { directory } = await openDirectory();
  const plain = new Client({ url: `ldap://127.0.0.1:${directory.ldapPort}` });
  expect(await failure(plain.bind('svc-gatehouse@corp.contoso.example', 'sandbox-ad-secret'))).toBe('8 00002028');
  await plain.startTLS(trusting(directory));
  expect(await failure(plain.bind('svc-gatehouse@corp.contoso.example', 'sandbox-ad-secret'))).toBe('accepted');
  expect((await read(plain, portugal))['ou']).toBe('PT');
  await plain.unbind();
});

test("who does not trust the directory's authority gets no connection", async () => {
  const { directory } = await openDirectory();
  const stranger = new Client({ url: `ldaps://127.0.0.1:${directory.ldapsPort}` });
  await expect(stranger.bind('svc-gatehouse@corp.contoso.example', 'sandbox-ad-secret')).rejects.toThrow(/certificate/);
});

test('without a bind only the root entry can be read, and a name with an empty password is nobody', async () => {
  const { connect } = await openDirectory();
  const client = connect();
  expect((await read(client, ''))['defaultNamingContext']).toBe('DC=corp,DC=contoso,DC=example');
  expect(await failure(client.search(portugal))).toBe('1 000004DC');
  expect(await failure(client.bind('svc-gatehouse@corp.contoso.example', ''))).toBe('accepted');
  expect(await failure(client.del(dn))).toBe('1 000004DC');
});

test('"Who am I?" names the account behind the connection', async () => {
  const { client } = await openDirectory();
  expect((await client.exop('1.3.6.1.4.1.4203.1.11.3')).value).toBe('u:CORP\\svc-gatehouse');
});
