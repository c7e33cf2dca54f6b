import { describe, expect, it } from 'vitest';
import { ociState } from '../../../sandbox/oci/oci-state.ts';
import { anOciClient, aPatch, aUser, filtered, urn, type Answer, type OciClient } from './oci-client.ts';

async function create(client: OciClient, changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const { status, body } = await client.call('POST', '/Users', aUser(changes));
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

const messageOf = (answer: Answer) => answer.body[urn.error]?.['messageId'];

describe('creating a user in the identity domain', () => {
  it('answers with the user, their address, their version and a request id, and adds the recovery address', async () => {
    const client = await anOciClient();
    const { status, headers, body } = await client.call(
      'POST',
      '/Users',
      aUser({ externalId: '10042', [urn.enterprise]: { employeeNumber: '10042' } }),
    );
    expect(status).toBe(201);
    expect(body.id).toMatch(/^[0-9a-f]{32}$/);
    expect(headers.get('location')).toBe(`${client.url}/admin/v1/Users/${body.id}`);
    expect(headers.get('etag')).toBe(body.meta.version);
    expect(headers.get('opc-request-id')).toMatch(/^[0-9A-F]{32}$/);
    expect(headers.get('content-type')).toBe('application/scim+json');
    expect(body).toMatchObject({ active: true, externalId: '10042', [urn.enterprise]: { employeeNumber: '10042' } });
    expect(body.emails).toContainEqual({ value: 'zoe.obrien@contoso.example', type: 'recovery', primary: false });
  });

  it('sends an activation mail unless the notification is bypassed, and never returns that choice', async () => {
    const client = await anOciClient();
    const id = await create(client);
    const quiet = await client.call(
      'POST',
      '/Users',
      aUser({ userName: 'quiet', [urn.oracle]: { isFederatedUser: true, bypassNotification: true } }),
    );
    expect(quiet.body[urn.oracle]).toEqual({ isFederatedUser: true, creationMechanism: 'api', status: 'verified' });
    expect(ociState(client.world)).toMatchObject({ mails: [{ userId: id, recipient: 'zoe.obrien@contoso.example', kind: 'activation' }] });
  });

  it("is refused in Oracle's error format when required attributes are missing", async () => {
    const client = await anOciClient();
    const nameless = await client.call('POST', '/Users', { schemas: [urn.user], displayName: 'Zoë' });
    expect(nameless.status).toBe(400);
    expect(nameless.body).toMatchObject({ status: '400', detail: 'Missing required attribute(s): userName,name.familyName.' });
    expect(messageOf(nameless)).toBe('error.common.validation.missingReqAttributes');
    const unreachable = await client.call('POST', '/Users', aUser({ emails: [{ value: 'a@b.example', type: 'work' }] }));
    expect([unreachable.status, messageOf(unreachable)]).toEqual([400, 'error.identity.user.primaryEmailNotSpecified']);
  });

  it('is refused with 409 when the user name is taken, whatever its case', async () => {
    const client = await anOciClient();
    await create(client, { externalId: 'same' });
    const twin = await client.call('POST', '/Users', aUser({ userName: 'ZOE.OBRIEN@contoso.example' }));
    expect([twin.status, twin.body.scimType]).toEqual([409, 'uniqueness']);
    await create(client, { userName: 'other', externalId: 'same' });
  });

  it('silently ignores read-only attributes, and refuses unknown ones and wrong types', async () => {
    const client = await anOciClient();
    await create(client, { ocid: 'ocid1.mine', groups: [{ value: 'b1000000000000000000000000000001' }] });
    expect((await client.call('POST', '/Users', aUser({ userName: 'x', shoeSize: 43 }))).status).toBe(400);
    expect((await client.call('POST', '/Users', aUser({ userName: 'y', active: 'True' }))).status).toBe(400);
  });

  it('refuses a manager who does not exist, and an OCID as reference', async () => {
    const client = await anOciClient();
    const stranger = await client.call('POST', '/Users', aUser({ [urn.enterprise]: { manager: { value: 'f'.repeat(32) } } }));
    expect(messageOf(stranger)).toBe('error.common.validation.invalidReferenceResource');
    const ocid = await client.call(
      'POST',
      '/Users',
      aUser({ [urn.enterprise]: { manager: { value: `ocid1.user.oc1..${'a'.repeat(40)}` } } }),
    );
    expect(messageOf(ocid)).toBe('error.common.validation.stringExceedsMaxLimit');
  });

  it('keeps a password as a known secret and shows it nowhere', async () => {
    const client = await anOciClient();
    const id = await create(client, { password: 'Hidden-42' });
    expect(client.world.secrets.list()).toContainEqual({ system: 'oci', kind: 'password', value: 'Hidden-42' });
    const user = await client.call('GET', `/Users/${id}?attributes=password,userName`);
    expect(JSON.stringify([user.body, ociState(client.world), client.world.requests.since('oci', 0)])).not.toContain('Hidden-42');
  });
});

describe('finding users in the identity domain', () => {
  it.each([
    ['userName eq "KEISHA.washington@contoso.example"', 0],
    ['userName eq "Tomas.Guimaraes@contoso.example"', 1],
    ['id eq "b2000000000000000000000000010001"', 1],
    [`${urn.enterprise}:employeeNumber eq "10009"`, 1],
    ['emails.value eq "aoife.darcy@contoso.example"', 1],
    ['emails[type eq "work" and primary eq true].value pr', 'invalid'],
    ['emails[type eq "work" and value sw "aoife"]', 1],
    [`displayName co "d'arcy" and active eq true`, 1],
    ['name.familyName sw "Gui" or name.familyName ew "lekov"', 1],
    ['not (active eq true)', 0],
    ['externalId pr', 0],
    ['meta.lastModified gt "2020-01-01T00:00:00.000Z"', 25],
    ['groups.value eq "b1000000000000000000000000000003"', 6],
    ['shoeSize eq 43', 'invalid'],
    ['userName eq', 'invalid'],
    ['userName eq "a" and', 'invalid'],
  ])('by the filter %s', async (filter, expected) => {
    const client = await anOciClient();
    const { status, body } = await client.call('GET', `/Users${filtered(filter)}`);
    expect(expected === 'invalid' ? status : body.totalResults).toBe(expected === 'invalid' ? 400 : expected);
  });

  it('finds a value with an escaped quotation mark, a plus and an ampersand', async () => {
    const client = await anOciClient();
    const id = await create(client, { userName: 'a"b+c&d\\e@contoso.example' });
    const filter = 'userName eq "a\\"b+c&d\\\\e@contoso.example"';
    expect((await client.call('GET', `/Users${filtered(filter)}`)).body.Resources[0]?.id).toBe(id);
    const search = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter, attributes: ['userName'] };
    const found = await client.call('POST', '/Users/.search', search);
    expect(found.body.Resources[0]).toMatchObject({ id, userName: 'a"b+c&d\\e@contoso.example' });
    expect(found.body.Resources[0]?.emails).toBeUndefined();
  });

  it('reads a plus sign in the address as a space', async () => {
    const client = await anOciClient();
    expect((await client.call('GET', '/Users?filter=userName+eq+"tomas.guimaraes@contoso.example"')).body.totalResults).toBe(1);
  });

  it('answers in pages of 50 by default and 1,000 at most', async () => {
    const client = await anOciClient();
    client.world.changeSettings({ oci: { quota: 'none' } });
    await Promise.all(Array.from({ length: 30 }, (_, i) => create(client, { userName: `more-${i}` })));
    const page = async (query: string) => {
      const { body } = await client.call('GET', `/Users?attributes=userName${query}`);
      return [body.totalResults, body.Resources.length];
    };
    expect(await page('')).toEqual([55, 50]);
    expect(await page('&startIndex=51')).toEqual([55, 5]);
    expect(await page('&count=5000')).toEqual([55, 55]);
    expect(await page('&count=0')).toEqual([55, 0]);
    const byFilter = await client.call('GET', `/Users${filtered('userName sw "more-"')}&startIndex=29&count=10`);
    expect([byFilter.body.totalResults, byFilter.body.Resources.length]).toEqual([30, 2]);
  });

  it('returns an attribute of the kind that is returned on request only when it is named', async () => {
    const client = await anOciClient();
    const id = await create(client, { tags: [{ key: 'team', value: 'platform' }] });
    expect('tags' in (await client.call('GET', `/Users/${id}`)).body).toBe(false);
    expect((await client.call('GET', `/Users/${id}?attributes=tags`)).body).toMatchObject({ tags: [{ key: 'team', value: 'platform' }] });
  });

  it('returns groups only on request, and what was excluded not at all', async () => {
    const client = await anOciClient();
    const path = '/Users/b2000000000000000000000000010009';
    expect((await client.call('GET', path)).body.groups).toBeUndefined();
    expect((await client.call('GET', `${path}?attributes=groups`)).body.groups).toMatchObject([
      { display: 'OCI Staff' },
      { display: 'OCI Developers' },
    ]);
    const lean = await client.call('GET', `${path}?excludedAttributes=emails,name.givenName`);
    expect([lean.body.emails, lean.body.name]).toEqual([undefined, { familyName: "D'Arcy" }]);
    expect((await client.call('GET', `${path}?attributes=userName&excludedAttributes=emails`)).status).toBe(400);
  });
});

describe('changing a user in the identity domain', () => {
  it('takes a patch with operations of any case on attributes, sub-attributes, values and extensions', async () => {
    const client = await anOciClient();
    const id = await create(client, {
      phoneNumbers: [
        { value: '+351 1', type: 'work' },
        { value: '+351 2', type: 'mobile' },
      ],
    });
    const { status, body } = await client.call(
      'PATCH',
      `/Users/${id}`,
      aPatch(
        { op: 'REPLACE', path: 'active', value: false },
        { op: 'Replace', path: 'name.givenName', value: 'Zoe' },
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'zoe@contoso.example' },
        { op: 'add', path: `${urn.enterprise}:employeeNumber`, value: '10042' },
        { op: 'add', path: `${urn.enterprise}:manager.value`, value: 'b2000000000000000000000000010001' },
        { op: 'remove', path: 'phoneNumbers[type eq "mobile"]' },
        { op: 'add', value: { title: 'Engineer', [urn.oracle]: { isFederatedUser: true } } },
      ),
    );
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({
      active: false,
      title: 'Engineer',
      name: { givenName: 'Zoe', familyName: "O'Brien" },
      phoneNumbers: [{ type: 'work' }],
      [urn.enterprise]: {
        employeeNumber: '10042',
        manager: { value: 'b2000000000000000000000000010001', displayName: 'Margarida Vasconcelos' },
      },
      [urn.oracle]: { isFederatedUser: true },
    });
    expect(body.emails?.[0]).toMatchObject({ value: 'zoe@contoso.example', type: 'work', primary: true });
    expect((await client.call('GET', `/Users${filtered(`${urn.enterprise}:employeeNumber eq "10042"`)}`)).body.totalResults).toBe(1);
  });

  it('applies nothing of a patch of which one operation is refused', async () => {
    const client = await anOciClient();
    const id = await create(client);
    for (const refused of [
      { op: 'replace', path: 'id', value: 'x' },
      { op: 'replace', path: `${urn.oracle}:status`, value: 'verified' },
      { op: 'replace', path: `${urn.oracle}:bypassNotification`, value: true },
      { op: 'replace', path: 'groups', value: [] },
      { op: 'replace', path: 'emails[type eq "home"].value', value: 'a@b.example' },
      { op: 'replace', path: 'shoeSize', value: 43 },
      { op: 'remove', path: 'userName' },
      { op: 'replace', path: 'emails[type eq "work"].primary', value: false },
      { op: 'increase', path: 'title', value: 'x' },
    ]) {
      const { status } = await client.call('PATCH', `/Users/${id}`, aPatch({ op: 'replace', path: 'title', value: 'Half done' }, refused));
      expect([refused.path, status]).toEqual([refused.path, 400]);
    }
    expect((await client.call('GET', `/Users/${id}`)).body.title).toBeUndefined();
  });

  it('honours If-Match and gives a changed user a new version, an unchanged one the same', async () => {
    const client = await anOciClient();
    const id = await create(client);
    const patch = (value: string, ifMatch: string) =>
      client.call('PATCH', `/Users/${id}`, aPatch({ op: 'replace', path: 'title', value }), { 'If-Match': ifMatch });
    const first = (await client.call('GET', `/Users/${id}`)).headers.get('etag') ?? '';
    const changed = await patch('Engineer', first);
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(first);
    expect((await patch('Director', first)).status).toBe(412);
    const same = await patch('Engineer', `"${changed.headers.get('etag')}"`);
    expect([same.status, same.headers.get('etag')]).toEqual([200, changed.headers.get('etag')]);
  });

  it('replaces a user but not what the domain itself set, and refuses read-only attributes', async () => {
    const client = await anOciClient();
    const id = await create(client, { title: 'Engineer' });
    const replaced = await client.call('PUT', `/Users/${id}`, aUser({ id, displayName: 'Zoe' }));
    expect(replaced.status).toBe(200);
    expect(replaced.body).toMatchObject({ displayName: 'Zoe', [urn.oracle]: { creationMechanism: 'api' } });
    expect(replaced.body.title).toBeUndefined();
    expect((await client.call('PUT', `/Users/${id}`, aUser({ ocid: 'x' }))).status).toBe(400);
  });

  it("switches users and their capabilities by Oracle's changers", async () => {
    const client = await anOciClient();
    const id = await create(client);
    const status = { schemas: ['urn:ietf:params:scim:schemas:oracle:idcs:UserStatusChanger'], active: false };
    const capabilities = {
      schemas: ['urn:ietf:params:scim:schemas:oracle:idcs:UserCapabilitiesChanger'],
      canUseApiKeys: false,
      canUseConsole: false,
    };
    expect((await client.call('PUT', `/UserStatusChanger/${id}`, status)).status).toBe(200);
    expect((await client.call('PUT', `/UserCapabilitiesChanger/${id}`, capabilities)).status).toBe(200);
    expect((await client.call('PUT', `/UserStatusChanger/${'0'.repeat(32)}`, status)).status).toBe(404);
    const { body } = await client.call('GET', `/Users/${id}`);
    expect([body.active, body[urn.capabilities]]).toMatchObject([
      false,
      { canUseApiKeys: false, canUseConsole: false, canUseAuthTokens: true },
    ]);
  });

  it('deletes a user who is in groups only by force, and then from the groups too', async () => {
    const client = await anOciClient();
    const path = '/Users/b2000000000000000000000000010009';
    expect((await client.call('DELETE', path)).status).toBe(409);
    expect((await client.call('DELETE', `${path}?forceDelete=true`)).status).toBe(204);
    expect((await client.call('GET', path)).status).toBe(404);
    expect((await client.call('GET', `/Groups${filtered('members.value eq "b2000000000000000000000000010009"')}`)).body.totalResults).toBe(
      0,
    );
  });
});
