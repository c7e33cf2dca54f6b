import { expect, test } from 'vitest';
import { known, reference, tenantForFile } from './tenant-for-file.ts';

const tenant = tenantForFile();
const { call, newUser } = tenant;

test('a new user can be read by id and by principal name, with the default properties only', async () => {
  const id = await newUser('ana.new', { jobTitle: 'Engineer', usageLocation: 'PT' });
  const byName = await call('GET', '/users/Ana.New@contoso.example');
  expect(byName.body).toMatchObject({ id, jobTitle: 'Engineer', userPrincipalName: 'ana.new@contoso.example' });
  expect(byName.body).not.toHaveProperty('usageLocation');
  expect((await call('GET', `/users/${id}?$select=usageLocation,accountEnabled,otherMails`)).body).toMatchObject({
    usageLocation: 'PT',
    accountEnabled: true,
    otherMails: [],
  });
});

test('a principal name that is taken is an ObjectConflict that names the property', async () => {
  const first = await call('GET', `/users/${known.chief}?$select=userPrincipalName`);
  const { status, body } = await call('POST', '/users', {
    accountEnabled: true,
    displayName: 'Double',
    mailNickname: 'double',
    userPrincipalName: first.body.userPrincipalName,
    passwordProfile: { password: 'Correct-Horse-7' },
  });
  expect(status).toBe(400);
  expect(body.error).toMatchObject({
    code: 'Request_BadRequest',
    message: 'Another object with the same value for property userPrincipalName already exists.',
    details: [{ code: 'ObjectConflict', target: 'userPrincipalName' }],
  });
});

test('an address that is taken is an ObjectConflict on proxyAddresses', async () => {
  const id = await newUser('address.taker');
  const { status, body } = await call('PATCH', `/users/${id}`, { mail: 'helpdesk@contoso.example' });
  expect([status, body.error.details[0]?.target]).toEqual([400, 'proxyAddresses']);
});

test('a principal name outside the verified domains, a weak password and an empty text are refused', async () => {
  const values = {
    accountEnabled: true,
    displayName: 'X',
    mailNickname: 'x',
    userPrincipalName: 'x@contoso.example',
    passwordProfile: { password: 'Correct-Horse-7' },
  };
  const foreign = await call('POST', '/users', { ...values, userPrincipalName: 'x@elsewhere.example' });
  const weak = await call('POST', '/users', { ...values, passwordProfile: { password: 'password' } });
  const empty = await call('POST', '/users', { ...values, city: '' });
  expect([foreign.status, weak.status, empty.status]).toEqual([400, 400, 400]);
  expect(empty.body.error.message).toBe("Invalid value specified for property 'city' of resource 'User'.");
});

test('a new address becomes the primary one and the former stays as an alias', async () => {
  const id = await newUser('old.name', { mail: 'old.name@contoso.example' });
  expect((await call('PATCH', `/users/${id}`, { mail: 'fresh.name@contoso.example' })).status).toBe(204);
  expect((await call('GET', `/users/${id}?$select=proxyAddresses`)).body.proxyAddresses).toEqual([
    'SMTP:fresh.name@contoso.example',
    'smtp:old.name@contoso.example',
  ]);
});

test('an unknown user is a 404 that names what was asked for', async () => {
  const { status, body } = await call('GET', '/users/00000000-0000-4000-8000-000000000000');
  expect(status).toBe(404);
  expect(body.error.code).toBe('Request_ResourceNotFound');
  expect(body.error.message).toContain("'00000000-0000-4000-8000-000000000000'");
});

test('a deleted user moves to deleted items, frees its name, and comes back with memberships and licences', async () => {
  const id = await newUser('leaver.one', { usageLocation: 'DE' });
  await call('POST', `/users/${id}/assignLicense`, { addLicenses: [{ skuId: known.f1, disabledPlans: [] }], removeLicenses: [] });
  await call('POST', `/groups/${known.allContractors}/members/$ref`, reference(id));
  expect((await call('DELETE', `/users/${id}`)).status).toBe(204);
  expect((await call('GET', `/users/${id}`)).status).toBe(404);
  const deleted = await call('GET', `/directory/deletedItems/${id}?$select=deletedDateTime,userPrincipalName`);
  expect(deleted.body.deletedDateTime).not.toBeNull();
  expect(deleted.body.userPrincipalName).toBe(`${id.replaceAll('-', '')}leaver.one@contoso.example`);
  const members = await call('GET', `/groups/${known.allContractors}/members?$select=id&$top=999`);
  expect(members.body.value.map((member: { id: string }) => member.id)).not.toContain(id);
  expect((await call('POST', `/directory/deletedItems/${id}/restore`)).body).toMatchObject({ '@odata.type': '#microsoft.graph.user', id });
  expect((await call('GET', '/users/leaver.one@contoso.example?$select=assignedLicenses')).body.assignedLicenses).toHaveLength(1);
  expect((await call('GET', `/users/${id}/memberOf?$select=id`)).body.value.map((group: { id: string }) => group.id)).toContain(
    known.allContractors,
  );
});

test('a deleted user whose name was given away cannot be restored', async () => {
  const id = await newUser('reused.name');
  await call('DELETE', `/users/${id}`);
  await newUser('reused.name');
  expect((await call('POST', `/directory/deletedItems/${id}/restore`)).body.error.details[0]?.code).toBe('ObjectConflict');
  expect((await call('DELETE', `/directory/deletedItems/${id}`)).status).toBe(204);
  expect((await call('GET', `/directory/deletedItems/${id}`)).status).toBe(404);
});

test('a manager is set, read, expanded, listed among direct reports, and removed', async () => {
  const id = await newUser('has.manager');
  expect((await call('GET', `/users/${id}/manager`)).body.error.message).toContain("Resource 'manager' does not exist");
  expect((await call('PUT', `/users/${id}/manager/$ref`, reference(known.chief))).status).toBe(204);
  expect((await call('GET', `/users/${id}?$select=id&$expand=manager($select=id)`)).body.manager).toMatchObject({ id: known.chief });
  expect((await call('GET', `/users/${known.chief}/directReports?$select=id`)).body.value).toContainEqual(expect.objectContaining({ id }));
  expect((await call('DELETE', `/users/${id}/manager/$ref`)).status).toBe(204);
  expect((await call('GET', `/users/${id}/manager`)).status).toBe(404);
});

test('a manager who does not exist is a 404 that names the missing object', async () => {
  const id = await newUser('no.such.manager');
  const { status, body } = await call('PUT', `/users/${id}/manager/$ref`, reference('00000000-0000-4000-8000-00000000000a'));
  expect([status, body.error.code]).toEqual([404, 'Request_ResourceNotFound']);
  expect(body.error.message).toContain('00000000-0000-4000-8000-00000000000a');
});

test('revoking sessions and changing the password both move the moment from which sessions are valid', async () => {
  const id = await newUser('revoked');
  const before = await call('GET', `/users/${id}?$select=signInSessionsValidFromDateTime`);
  tenant.world().clock.setOffset(60_000);
  expect((await call('POST', `/users/${id}/revokeSignInSessions`)).body.value).toBe(true);
  const revoked = await call('GET', `/users/${id}?$select=signInSessionsValidFromDateTime`);
  tenant.world().clock.setOffset(120_000);
  await call('PATCH', `/users/${id}`, { passwordProfile: { password: 'Another-Horse-8' } });
  const reset = await call('GET', `/users/${id}?$select=signInSessionsValidFromDateTime`);
  const times = [before, revoked, reset].map((answer) => Date.parse(answer.body.signInSessionsValidFromDateTime));
  expect(times).toEqual(times.toSorted((left, right) => left - right));
  expect(new Set(times).size).toBe(3);
});

test('a password is remembered as a secret and shown nowhere', async () => {
  const id = await newUser('secretive', { passwordProfile: { password: 'Tell-Nobody-9' } });
  const requests = JSON.stringify(tenant.world().requests.since('graph', 0));
  expect(requests).not.toContain('Tell-Nobody-9');
  expect(
    tenant
      .world()
      .secrets.list()
      .map(({ value }) => value),
  ).toContain('Tell-Nobody-9');
  expect((await call('GET', `/users/${id}?$select=passwordProfile`)).body.passwordProfile).toBeNull();
});

test('an application may not change privileged users in sensitive ways, nor delete them', async () => {
  const disabled = await call('PATCH', `/users/${known.privileged}`, { accountEnabled: false });
  const deleted = await call('DELETE', `/users/${known.privileged}`);
  expect([disabled, deleted].map(({ status, body }) => [status, body.error.code])).toEqual([
    [403, 'Authorization_RequestDenied'],
    [403, 'Authorization_RequestDenied'],
  ]);
});

test('an application that was given a directory role for it may change privileged users', async () => {
  tenant.world().changeSettings({ graph: { privilegedWritable: true } });
  expect((await call('PATCH', `/users/${known.privileged}`, { accountEnabled: false })).status).toBe(204);
  tenant.world().changeSettings({ graph: { privilegedWritable: false } });
  expect((await call('PATCH', `/users/${known.privileged}`, { accountEnabled: true })).status).toBe(403);
});

test('what AD masters cannot be written in the cloud, but usage location and the stop-gap sign-in block can', async () => {
  const refused = await call('PATCH', `/users/${known.employee}`, { jobTitle: 'Director' });
  expect(refused.status).toBe(400);
  expect(refused.body.error.message).toBe(
    'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
  );
  expect((await call('PUT', `/users/${known.employee}/manager/$ref`, reference(known.chief))).status).toBe(400);
  expect((await call('PATCH', `/users/${known.employee}`, { usageLocation: 'DE', accountEnabled: false })).status).toBe(204);
});

test('an employee is seeded as synced, with the anchor that AD would store', async () => {
  const { body } = await call(
    'GET',
    `/users/${known.employee}?$select=onPremisesSyncEnabled,onPremisesImmutableId,onPremisesDomainName,employeeId`,
  );
  // objectGUID d2000000-0000-4000-8000-000000010007 with its first three fields reversed.
  const stored = Buffer.from('000000d2000000408000000000010007', 'hex');
  expect(body).toMatchObject({ onPremisesSyncEnabled: true, onPremisesDomainName: 'corp.contoso.example', employeeId: '10007' });
  expect(Buffer.from(body.onPremisesImmutableId, 'base64')).toEqual(stored);
});
