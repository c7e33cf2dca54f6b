import { expect, test } from 'vitest';
import { known, reference, tenantForFile } from './tenant-for-file.ts';

const { call, newUser, world } = tenantForFile();
const memberIds = async (group: string): Promise<readonly string[]> =>
  (await call('GET', `/groups/${group}/members?$select=id&$top=999`)).body.value.map(({ id }) => id);

test('a member is added once; adding again is a 400 that says so', async () => {
  const id = await newUser('member.one');
  expect((await call('POST', `/groups/${known.platformTeam}/members/$ref`, reference(id))).status).toBe(204);
  const again = await call('POST', `/groups/${known.platformTeam}/members/$ref`, reference(id));
  expect([again.status, again.body.error.code]).toEqual([400, 'Request_BadRequest']);
  expect(again.body.error.message).toBe(
    "One or more added object references already exist for the following modified properties: 'members'.",
  );
  expect(await memberIds(known.platformTeam)).toContain(id);
});

test('a member is removed once; removing again is a 404 that names the group', async () => {
  const id = await newUser('member.two');
  await call('POST', `/groups/${known.platformTeam}/members/$ref`, reference(id));
  expect((await call('DELETE', `/groups/${known.platformTeam}/members/${id}/$ref`)).status).toBe(204);
  const again = await call('DELETE', `/groups/${known.platformTeam}/members/${id}/$ref`);
  expect([again.status, again.body.error.code]).toEqual([404, 'Request_ResourceNotFound']);
  expect(again.body.error.message).toContain(known.platformTeam);
});

test('deleting a member without $ref, and adding without $ref, are refused and change nothing', async () => {
  const id = await newUser('member.three');
  expect((await call('DELETE', `/groups/${known.platformTeam}/members/${id}`)).status).toBe(400);
  const added = await call('POST', `/groups/${known.platformTeam}/members`, reference(id));
  expect(added.body.error.message).toBe('Write requests are only supported on contained entities');
  expect((await call('GET', `/users/${id}`)).status).toBe(200);
});

test('a reference to an unknown object is a 404 that names it', async () => {
  const { status, body } = await call(
    'POST',
    `/groups/${known.platformTeam}/members/$ref`,
    reference('00000000-0000-4000-8000-00000000000b'),
  );
  expect(status).toBe(404);
  expect(body.error.message).toContain('00000000-0000-4000-8000-00000000000b');
});

test('members bound by a PATCH are added all or none', async () => {
  const [first, second] = [await newUser('bound.one'), await newUser('bound.two')];
  const bind = (ids: readonly string[]) => ({ 'members@odata.bind': ids.map((id) => reference(id)['@odata.id']) });
  expect((await call('PATCH', `/groups/${known.platformTeam}`, bind([first]))).status).toBe(204);
  expect((await call('PATCH', `/groups/${known.platformTeam}`, bind([second, first]))).status).toBe(400);
  expect(await memberIds(known.platformTeam)).not.toContain(second);
  const twice = await call('PATCH', `/groups/${known.platformTeam}`, bind([second, second]));
  expect(twice.body.error.message).toContain('can only be present once as an add/remove change');
  expect((await call('PATCH', `/groups/${known.platformTeam}`, bind(Array.from({ length: 21 }, () => second)))).status).toBe(400);
});

test('a dynamic group follows its rule and refuses members by hand', async () => {
  const id = await newUser('lisboeta', { country: 'PT' });
  expect(await memberIds(known.portugal)).toContain(id);
  expect((await call('POST', `/users/${id}/checkMemberGroups`, { groupIds: [known.portugal, known.allEmployees] })).body.value).toEqual([
    known.portugal,
  ]);
  await call('PATCH', `/users/${id}`, { country: 'DE' });
  expect(await memberIds(known.portugal)).not.toContain(id);
  expect((await call('POST', `/groups/${known.portugal}/members/$ref`, reference(id))).body.error.code).toBe('Authorization_RequestDenied');
});

test('a role-assignable group refuses writes by an application', async () => {
  const id = await newUser('would.be.admin');
  expect((await call('POST', `/groups/${known.privilegedOperators}/members/$ref`, reference(id))).body.error.code).toBe(
    'Authorization_RequestDenied',
  );
});

test('a group that AD masters refuses member writes', async () => {
  const { body } = await call('POST', '/groups', {
    displayName: 'From AD',
    mailEnabled: false,
    mailNickname: 'from-ad',
    securityEnabled: true,
  });
  world()
    .database.prepare("UPDATE graph_objects SET body = json_set(body, '$.onPremisesSyncEnabled', json('true')) WHERE id = ?")
    .run(body.id);
  const refused = await call('POST', `/groups/${body.id}/members/$ref`, reference(known.contractor));
  expect([refused.status, refused.body.error.message.slice(0, 46)]).toEqual([400, 'Unable to update the specified properties for ']);
});

test('membership through a nested group counts as transitive only', async () => {
  const { body: outer } = await call('POST', '/groups', {
    displayName: 'Outer',
    mailEnabled: false,
    mailNickname: 'outer',
    securityEnabled: true,
  });
  const { body: inner } = await call('POST', '/groups', {
    displayName: 'Inner',
    mailEnabled: false,
    mailNickname: 'inner',
    securityEnabled: true,
  });
  await call('POST', `/groups/${outer.id}/members/$ref`, reference(inner.id));
  const id = await newUser('nested');
  await call('POST', `/groups/${inner.id}/members/$ref`, reference(id));
  const direct = await call('GET', `/users/${id}/memberOf/microsoft.graph.group?$select=id`);
  const transitive = await call('GET', `/users/${id}/transitiveMemberOf/microsoft.graph.group?$select=id`);
  expect(direct.body.value.map((group) => group.id)).toEqual([inner.id]);
  expect(transitive.body.value.map((group) => group.id).toSorted()).toEqual([inner.id, outer.id].toSorted());
});

test('a role held through a role-assignable group shows among transitive memberships, active and eligible roles in their lists', async () => {
  const roles = await call('GET', `/users/${known.privileged}/transitiveMemberOf/microsoft.graph.directoryRole?$select=displayName`);
  expect(roles.body.value.map(({ displayName }) => displayName)).toEqual(['Helpdesk Administrator']);
  const active = await call('GET', `/roleManagement/directory/roleAssignments?$filter=principalId eq '${known.privilegedOperators}'`);
  expect(active.body.value).toHaveLength(1);
  const eligible = await call(
    'GET',
    "/roleManagement/directory/roleEligibilityScheduleInstances?$filter=principalId eq 'e1000000-0000-4000-8000-000000010002'",
  );
  expect(eligible.body.value).toHaveLength(1);
  expect(
    (await call('GET', `/roleManagement/directory/roleEligibilityScheduleInstances?$filter=principalId eq '${known.chief}'`)).body.value,
  ).toEqual([]);
});

test('a user who is given a directory role becomes privileged, and stops being so without it', async () => {
  const id = await newUser('role.holder');
  const { body } = await call('GET', '/directoryRoles');
  const role = body.value.find(({ displayName }) => displayName === 'User Administrator')?.id ?? '';
  await call('POST', `/directoryRoles/${role}/members/$ref`, reference(id));
  expect((await call('PATCH', `/users/${id}`, { accountEnabled: false })).status).toBe(403);
  await call('DELETE', `/directoryRoles/${role}/members/${id}/$ref`);
  expect((await call('PATCH', `/users/${id}`, { accountEnabled: false })).status).toBe(204);
});
