import { expect, test } from 'vitest';
import { graphState } from '../../../sandbox/graph/graph-state.ts';
import { appRoleIds, servicePrincipals } from '../../../sandbox/graph/app-roles/service-principals.ts';
import { mobilePhoneId } from '../../../sandbox/graph/methods/phone-types.ts';
import { known, tenantForFile } from './tenant-for-file.ts';

const { call, newUser, world } = tenantForFile();
const personOf = (workerId: string): string => `e1000000-0000-4000-8000-0000000${workerId}`;
const [crm, expenses] = servicePrincipals;
const licensed = async (alias: string): Promise<string> => {
  const id = await newUser(alias, { usageLocation: 'PT' });
  await call('POST', `/users/${id}/assignLicense`, { addLicenses: [{ skuId: known.e3, disabledPlans: [] }], removeLicenses: [] });
  return id;
};

test('applications are listed with their roles, found by name, and know who is assigned to them', async () => {
  const { body } = await call('GET', "/servicePrincipals?$filter=displayName eq 'Contoso CRM'&$select=id,appRoles");
  expect(body.value).toEqual([{ id: crm?.id, appRoles: crm?.appRoles }]);
  const assigned = await call('GET', `/servicePrincipals/${crm?.id}/appRoleAssignedTo`);
  expect(assigned.body.value.map(({ principalId }) => principalId)).toContain(personOf('10003'));
});

test('an application role is assigned once, and taken away once', async () => {
  const id = await newUser('role.holder');
  const path = `/users/${id}/appRoleAssignments`;
  const order = { principalId: id, resourceId: expenses?.id, appRoleId: appRoleIds.expensesApprover };
  const { status, body } = await call('POST', path, order);
  expect([status, body]).toMatchObject([201, { principalDisplayName: 'role.holder', resourceDisplayName: 'Contoso Expenses' }]);
  const again = await call('POST', path, order);
  expect([again.status, again.body.error.message]).toEqual([400, 'Permission being assigned already exists on the object']);
  expect((await call('POST', path, { ...order, appRoleId: appRoleIds.crmUser })).status).toBe(400);
  expect((await call('POST', path, { ...order, principalId: known.chief })).status).toBe(400);
  expect((await call('GET', path)).body.value.map((assignment) => assignment.id)).toEqual([body.id]);
  expect((await call('DELETE', `${path}/${body.id}`)).status).toBe(204);
  expect((await call('DELETE', `${path}/${body.id}`)).status).toBe(404);
  expect((await call('GET', path)).body.value).toEqual([]);
});

test('the default method is deleted last, whichever it is', async () => {
  // Registered a phone before the authenticator, and a security key.
  const root = `/users/${personOf('10005')}/authentication`;
  const phone = `${root}/phoneMethods/${mobilePhoneId}`;
  const refused = await call('DELETE', phone);
  expect([refused.status, refused.body.error.code, refused.body.error.message]).toEqual([
    400,
    'badRequest',
    'Cannot delete default method with other methods configured. Please change default method before deletion.',
  ]);
  for (const type of ['microsoftAuthenticatorMethods', 'fido2Methods']) {
    const [method] = (await call('GET', `${root}/${type}`)).body.value;
    expect((await call('DELETE', `${root}/${type}/${method?.id}`)).status).toBe(204);
  }
  expect((await call('DELETE', phone)).status).toBe(204);
  expect((await call('GET', `${root}/methods`)).body.value).toHaveLength(1);
});

test('methods of the other kinds are listed and deleted too, and a mobile phone only after the alternate one', async () => {
  const root = `/users/${personOf('10017')}/authentication`;
  for (const type of ['softwareOathMethods', 'windowsHelloForBusinessMethods']) {
    const [method] = (await call('GET', `${root}/${type}`)).body.value;
    expect((await call('DELETE', `${root}/${type}/${method?.id}`)).status).toBe(204);
  }
  for (const type of ['platformCredentialMethods', 'externalAuthenticationMethods'])
    expect((await call('GET', `${root}/${type}`)).body.value).toEqual([]);
  await call('POST', `${root}/phoneMethods`, { phoneNumber: '+351 210000001', phoneType: 'mobile' });
  const alternate = await call('POST', `${root}/phoneMethods`, { phoneNumber: '+351 210000002', phoneType: 'alternateMobile' });
  const email = await call('POST', `${root}/emailMethods`, { emailAddress: 'someone@example.net' });
  expect((await call('DELETE', `${root}/phoneMethods/${mobilePhoneId}`)).status).toBe(400);
  expect((await call('DELETE', `${root}/phoneMethods/${alternate.body.id}`)).status).toBe(204);
  expect((await call('DELETE', `${root}/phoneMethods/${mobilePhoneId}`)).status).toBe(204);
  expect((await call('DELETE', `${root}/emailMethods/${email.body.id}`)).status).toBe(204);
});

test('no application may reset a password by its method', async () => {
  const id = await newUser('reset.me');
  const path = `/users/${id}/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword`;
  const { status, body } = await call('POST', path, { newPassword: 'Another-Horse-8' });
  expect([status, body.error.code]).toEqual([403, 'Authorization_RequestDenied']);
  expect(JSON.stringify(world().requests.since('graph', 0))).not.toContain('Another-Horse-8');
});

test('automatic replies are set and read while there is a mailbox', async () => {
  const id = await licensed('away.for.good');
  const path = `/users/${id}/mailboxSettings`;
  expect((await call('GET', path)).body).toMatchObject({ automaticRepliesSetting: { status: 'disabled' }, userPurpose: 'user' });
  const reply = { status: 'alwaysEnabled', internalReplyMessage: 'Ask my manager.', externalReplyMessage: 'Ask my manager.' };
  const changed = await call('PATCH', path, { automaticRepliesSetting: reply });
  expect([changed.status, changed.body]).toMatchObject([200, { automaticRepliesSetting: { ...reply, externalAudience: 'all' } }]);
  const only = await call('GET', `${path}?$select=automaticRepliesSetting`);
  expect(only.body).toMatchObject({ automaticRepliesSetting: reply });
  expect(only.body).not.toHaveProperty('timeZone');
  expect((await call('PATCH', path, { automaticRepliesSetting: { status: 'scheduled' } })).status).toBe(400);
  expect(JSON.stringify(graphState(world()))).toContain('Ask my manager.');
  await call('POST', `/users/${id}/assignLicense`, { addLicenses: [], removeLicenses: [known.e3] });
  expect((await call('GET', path)).body.error.code).toBe('MailboxNotEnabledForRESTAPI');
});

test('with a mailbox the address follows a new principal name and the former one stays as an alias; without one, and where the address was another, it stays', async () => {
  const rename = async (id: string, name: string) => {
    expect((await call('PATCH', `/users/${id}`, { userPrincipalName: `${name}@contoso.example` })).status).toBe(204);
    return (await call('GET', `/users/${id}?$select=userPrincipalName,mail,proxyAddresses`)).body;
  };
  expect(await rename(await licensed('maiden.name'), 'married.name')).toMatchObject({
    userPrincipalName: 'married.name@contoso.example',
    mail: 'married.name@contoso.example',
    proxyAddresses: ['SMTP:married.name@contoso.example', 'smtp:maiden.name@contoso.example'],
  });
  expect(await rename(await newUser('no.mailbox'), 'still.none')).toMatchObject({ mail: null, proxyAddresses: [] });
  const written = await newUser('only.written', { mail: 'only.written@contoso.example' });
  expect(await rename(written, 'written.once')).toMatchObject({ mail: 'only.written@contoso.example' });
  const id = await licensed('other.address');
  await call('PATCH', `/users/${id}`, { mail: 'public.face@contoso.example' });
  expect(await rename(id, 'changed.name')).toMatchObject({ mail: 'public.face@contoso.example' });
});

test('a restored user has methods, application roles and mailbox as before; one that is gone for good has left nothing', async () => {
  const id = await licensed('comes.back');
  await call('POST', `/users/${id}/appRoleAssignments`, { principalId: id, resourceId: crm?.id, appRoleId: appRoleIds.crmUser });
  await call('PATCH', `/users/${id}/mailboxSettings`, { automaticRepliesSetting: { status: 'alwaysEnabled' } });
  await call('DELETE', `/users/${id}`);
  await call('POST', `/directory/deletedItems/${id}/restore`);
  expect((await call('GET', `/users/${id}/appRoleAssignments`)).body.value).toHaveLength(1);
  expect((await call('GET', `/users/${id}/authentication/methods`)).body.value).toHaveLength(1);
  expect((await call('GET', `/users/${id}/mailboxSettings`)).body).toMatchObject({ automaticRepliesSetting: { status: 'alwaysEnabled' } });
  await call('DELETE', `/users/${id}`);
  await call('DELETE', `/directory/deletedItems/${id}`);
  expect(
    (await call('GET', `/servicePrincipals/${crm?.id}/appRoleAssignedTo`)).body.value.map(({ principalId }) => principalId),
  ).not.toContain(id);
  expect(JSON.stringify(graphState(world()))).not.toContain('comes.back');
});
