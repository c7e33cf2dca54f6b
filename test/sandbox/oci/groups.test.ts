import { describe, expect, it } from 'vitest';
import { anOciClient, aPatch, filtered, urn, type OciClient } from './oci-client.ts';

const staff = '/Groups/b1000000000000000000000000000001';
const auditors = '/Groups/b1000000000000000000000000000003';
const aoife = 'b2000000000000000000000000010009';

async function auditorIds(client: OciClient): Promise<readonly string[]> {
  const { body } = await client.call('GET', `${auditors}?attributes=members`);
  return (body.members ?? []).map((member) => member.value);
}

describe('groups of the identity domain', () => {
  it('are found by name and by member, and return members only on request', async () => {
    const client = await anOciClient();
    const byName = await client.call('GET', `/Groups${filtered('displayName eq "oci auditors"')}`);
    expect(byName.body.Resources.map((group) => group.id)).toEqual(['b1000000000000000000000000000003']);
    expect(byName.body.Resources[0]?.members).toBeUndefined();
    const byMember = await client.call('GET', `/Groups${filtered(`members.value eq "${aoife}"`)}`);
    expect(byMember.body.Resources.map((group) => group.displayName)).toEqual(['OCI Staff', 'OCI Developers']);
    const both = await client.call('GET', `/Groups${filtered(`displayName eq "OCI Staff" and members[value eq "${aoife}"]`)}`);
    expect(both.body.totalResults).toBe(1);
  });

  it('return their members in pages', async () => {
    const client = await anOciClient();
    const page = async (startIndex: number, count: number) =>
      (await client.call('GET', `${staff}?attributes=members[startIndex=${startIndex}%26count=${count}]`)).body.members?.map(
        (member) => member.value,
      );
    const all = (await client.call('GET', `${staff}?attributes=members`)).body.members?.map((member) => member.value);
    expect(all).toHaveLength(25);
    expect([...((await page(1, 20)) ?? []), ...((await page(21, 20)) ?? [])]).toEqual(all);
  });

  it('take a member once however often added, and lose only the member that is named', async () => {
    const client = await anOciClient();
    const before = await auditorIds(client);
    const add = aPatch({ op: 'ADD', path: 'members', value: [{ value: aoife, type: 'User' }] });
    expect((await client.call('PATCH', auditors, add)).status).toBe(200);
    const version = (await client.call('GET', auditors)).headers.get('etag');
    expect((await client.call('PATCH', auditors, add)).headers.get('etag')).toBe(version);
    expect(await auditorIds(client)).toEqual([...before, aoife]);
    await client.call('PATCH', auditors, aPatch({ op: 'remove', path: `members[value eq "${aoife}"]` }));
    expect(await auditorIds(client)).toEqual(before);
  });

  it('are emptied by a removal without a value filter, as RFC 7644 says', async () => {
    const client = await anOciClient();
    await client.call('PATCH', auditors, aPatch({ op: 'remove', path: 'members', value: [{ value: 'b2000000000000000000000000010026' }] }));
    expect(await auditorIds(client)).toEqual([]);
  });

  it('refuse an OCID and an unknown user as members, and then keep the others out too', async () => {
    const client = await anOciClient();
    const before = await auditorIds(client);
    const messageFor = async (value: string) => {
      const { status, body } = await client.call(
        'PATCH',
        auditors,
        aPatch({ op: 'add', path: 'members', value: [{ value: aoife }, { value }] }),
      );
      return [status, body[urn.error]?.['messageId']];
    };
    expect(await messageFor(`ocid1.user.oc1..${'a'.repeat(60)}`)).toEqual([400, 'error.common.validation.stringExceedsMaxLimit']);
    expect(await messageFor('f'.repeat(32))).toEqual([400, 'error.common.validation.invalidReferenceResource']);
    expect(await auditorIds(client)).toEqual(before);
  });

  it('are created with members, under a name of their own, and deleted', async () => {
    const client = await anOciClient();
    const made = await client.call('POST', '/Groups?attributes=members', {
      schemas: [urn.group],
      displayName: 'OCI Visitors',
      members: [{ value: aoife, type: 'User' }],
    });
    expect([made.status, made.body.members?.[0]?.name]).toEqual([201, 'aoife.darcy@contoso.example']);
    expect((await client.call('POST', '/Groups', { schemas: [urn.group], displayName: 'oci visitors' })).status).toBe(409);
    expect((await client.call('POST', '/Groups', { schemas: [urn.group] })).status).toBe(400);
    expect((await client.call('DELETE', `/Groups/${made.body.id}`)).status).toBe(204);
    expect((await client.call('GET', `/Users/${aoife}?attributes=groups`)).body.groups).toHaveLength(2);
  });
});
