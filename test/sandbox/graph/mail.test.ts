import { expect, test } from 'vitest';
import { known, tenantForFile } from './tenant-for-file.ts';

const { call } = tenantForFile();
const sender = '/users/gatehouse@contoso.example';
const keyName = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name gatehouseKey';
const to = (...addresses: readonly string[]) => addresses.map((address) => ({ emailAddress: { address } }));
const draft = (key: string, more: Readonly<Record<string, unknown>> = {}) => ({
  subject: 'Welcome',
  body: { contentType: 'text', content: 'Hello' },
  toRecipients: to('ines.conceicao@contoso.example'),
  singleValueExtendedProperties: [{ id: keyName, value: key }],
  ...more,
});
const byKey = (folder: string, key: string) => {
  const query = new URLSearchParams({
    $filter: `singleValueExtendedProperties/any(ep: ep/id eq '${keyName}' and ep/value eq '${key}')`,
    $expand: `singleValueExtendedProperties($filter=id eq '${keyName}')`,
  });
  return call('GET', `${sender}/mailFolders/${folder}/messages?${query.toString()}`);
};

test('a draft under a key is found among drafts, and after sending among sent items only', async () => {
  const { status, body } = await call('POST', `${sender}/messages`, draft('key-1'));
  expect(status).toBe(201);
  expect((await byKey('drafts', 'key-1')).body.value.map(({ id }) => id)).toEqual([body.id]);
  expect((await call('POST', `${sender}/messages/${body.id}/send`)).status).toBe(202);
  expect((await byKey('drafts', 'key-1')).body.value).toEqual([]);
  const sent = (await byKey('sentitems', 'key-1')).body.value;
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ isDraft: false, singleValueExtendedProperties: [{ id: keyName, value: 'key-1' }] });
});

test('an item id does not outlive sending, an immutable id does', async () => {
  const plain = await call('POST', `${sender}/messages`, draft('key-2'));
  await call('POST', `${sender}/messages/${plain.body.id}/send`);
  expect((await call('GET', `${sender}/messages/${plain.body.id}`)).body.error.code).toBe('ErrorItemNotFound');
  const prefer = { Prefer: 'IdType="ImmutableId"' };
  const immutable = await call('POST', `${sender}/messages`, draft('key-3'), prefer);
  await call('POST', `${sender}/messages/${immutable.body.id}/send`, undefined, prefer);
  expect((await call('GET', `${sender}/messages/${immutable.body.id}`, undefined, prefer)).body.id).toBe(immutable.body.id);
});

test("a message reaches each recipient's inbox once, without blind copies and the sender's own properties", async () => {
  const { body } = await call(
    'POST',
    `${sender}/messages`,
    draft('key-4', {
      subject: 'Once',
      bccRecipients: to('helpdesk@contoso.example', 'elsewhere@example.net'),
      ccRecipients: to('ines.conceicao@contoso.example'),
    }),
  );
  await call('POST', `${sender}/messages/${body.id}/send`);
  const inbox = await call(
    'GET',
    `/users/${known.employee}/mailFolders/inbox/messages?$filter=subject eq 'Once'&$expand=singleValueExtendedProperties`,
  );
  expect(inbox.body.value).toHaveLength(1);
  expect(inbox.body.value[0]).toMatchObject({ bccRecipients: [], isRead: false });
  expect(inbox.body.value[0]).not.toHaveProperty('singleValueExtendedProperties');
  expect(
    (await call('GET', "/users/helpdesk@contoso.example/mailFolders/inbox/messages?$filter=subject eq 'Once'")).body.value,
  ).toHaveLength(1);
});

test('a message is found by its internet message id, which sending keeps', async () => {
  const { body } = await call('POST', `${sender}/messages`, draft('key-5', { internetMessageId: '<key-5@contoso.example>' }));
  await call('POST', `${sender}/messages/${body.id}/send`);
  const found = await call(
    'GET',
    `${sender}/mailFolders/sentitems/messages?${new URLSearchParams({ $filter: "internetMessageId eq '<key-5@contoso.example>'" }).toString()}`,
  );
  expect(found.body.value).toHaveLength(1);
});

test('sendMail keeps a copy in sent items unless told not to', async () => {
  const send = (subject: string, more: object = {}) =>
    call('POST', `${sender}/sendMail`, { message: { subject, toRecipients: to('helpdesk@contoso.example') }, ...more });
  expect((await send('Kept')).status).toBe(202);
  expect((await send('Not kept', { saveToSentItems: false })).status).toBe(202);
  const subjects = (await call('GET', `${sender}/mailFolders/sentitems/messages?$top=50`)).body.value.map(({ subject }) => subject);
  expect(subjects).toContain('Kept');
  expect(subjects).not.toContain('Not kept');
});

test('a message without recipients, a header that is not custom, and a sender without mailbox are refused', async () => {
  const { body } = await call('POST', `${sender}/messages`, { subject: 'To nobody' });
  expect((await call('POST', `${sender}/messages/${body.id}/send`)).body.error.code).toBe('ErrorInvalidRecipients');
  expect((await call('POST', `${sender}/messages`, { internetMessageHeaders: [{ name: 'Key', value: '1' }] })).body.error.code).toBe(
    'InvalidInternetMessageHeader',
  );
  expect((await call('POST', '/users/break-glass@contoso.onmicrosoft.com/messages', { subject: 'x' })).body.error.code).toBe(
    'MailboxNotEnabledForRESTAPI',
  );
});
