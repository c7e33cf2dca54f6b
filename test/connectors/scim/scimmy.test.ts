import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { creating, linking, updating } from '../../contracts/changes.ts';
import { idOf, required } from '../../contracts/expected.ts';
import type { WritableTarget } from '../../../shared/ports/writers/writable-target.ts';
import { behaves, someone } from './behaves.ts';
import { makeTarget } from './make-target.ts';
import { startScimmy, type ScimmyServer } from './scimmy-server.ts';

let server: ScimmyServer;
beforeAll(async () => {
  server = await startScimmy();
});
afterAll(() => server.stop());

const signal = (): AbortSignal => AbortSignal.timeout(20_000);

async function newGroup(displayName: string): Promise<string> {
  const body = JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName });
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/scim+json' };
  const made = await fetch(`${server.url}/Groups`, { method: 'POST', headers, body });
  const { id }: { id: string } = JSON.parse(await made.text());
  return id;
}

const variants = [
  ['as RFC 7644 has it', {}],
  ['in pages of thirty and chunks of three', { pageSize: 30, memberChunk: 3 }],
  ['as aadOptscim062020', { replaces: 'merged' }],
  ['by PUT alone', { update: 'put' }],
] as const;

describe.each(variants)('on an independent server, %s, the connector', (_, profile) => {
  let made: WritableTarget | undefined;
  behaves({ target: () => (made ??= makeTarget({ ...server, profile })), newGroup });
});

describe('what an independent server is sent', () => {
  const writesTo = (path: string) =>
    server.requests.filter((request) => request.method !== 'GET' && request.path.startsWith(`/scim${path}`));

  it('is discovered first, once', async () => {
    const target = makeTarget(server);
    const before = server.requests.length;
    await required(target.reads.accounts).byId('nobody', signal());
    await required(target.reads.accounts).byId('nobody', signal());
    const asked = server.requests.slice(before).map(({ path }) => path.replace(/\?.*/, ''));
    expect(asked).toEqual([
      '/scim/ServiceProviderConfig',
      '/scim/ResourceTypes',
      '/scim/Users',
      '/scim/Schemas',
      '/scim/Users/nobody',
      '/scim/Users/nobody',
    ]);
  });

  it('is a PATCH in the shapes of the RFC: lower-case, booleans, one member by its value', async () => {
    const target = makeTarget(server);
    const id = idOf(await required(target.writes.accounts).create(creating(someone()), signal()));
    await required(target.writes.accounts).update(updating(id, { enabled: true, email: null }), signal());
    expect(writesTo(`/Users/${id}`).at(-1)).toMatchObject({
      method: 'PATCH',
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [
          { op: 'replace', path: 'active', value: true },
          { op: 'remove', path: 'emails[type eq "work"]' },
        ],
      },
    });
    const group = await newGroup('Shapes');
    const set = (does: 'link' | 'unlink') =>
      required(target.writes.memberships).setMembership(linking('member', does, id, group), signal());
    await set('link');
    await set('unlink');
    expect(writesTo(`/Groups/${group}`).map(({ body }) => body)).toMatchObject([
      { Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }] },
      { Operations: [{ op: 'remove', path: `members[value eq "${id}"]` }] },
    ]);
  });

  it('holds at most a chunk of members, and no more requests than that takes', async () => {
    const target = makeTarget({ ...server, profile: { memberChunk: 4 } });
    const group = await newGroup('Chunks');
    const ids = await Promise.all(
      Array.from({ length: 10 }, async () => idOf(await required(target.writes.accounts).create(creating(someone()), signal()))),
    );
    await Promise.all(ids.map((id) => required(target.writes.memberships).setMembership(linking('member', 'link', id, group), signal())));
    const sizes = writesTo(`/Groups/${group}`).map(({ body }) => JSON.stringify(body).match(/"value":"/g)?.length);
    expect(sizes).toEqual([4, 4, 2]);
  });

  it('is what the Entra service sends, where the profile is entra', async () => {
    const target = makeTarget({ ...server, profile: { operations: 'capitalised', booleans: 'text', memberRemoval: 'by-value' } });
    const id = idOf(await required(target.writes.accounts).create(creating(someone()), signal()));
    await required(target.writes.accounts).update(updating(id, { enabled: true }), signal());
    expect(writesTo(`/Users/${id}`).at(-1)).toMatchObject({ body: { Operations: [{ op: 'Replace', path: 'active', value: 'True' }] } });
    const group = await newGroup('Entra');
    await required(target.writes.memberships).setMembership(linking('member', 'link', id, group), signal());
    await required(target.writes.memberships).setMembership(linking('member', 'unlink', id, group), signal());
    expect(writesTo(`/Groups/${group}`).at(-1)).toMatchObject({
      body: { Operations: [{ op: 'Remove', path: 'members', value: [{ value: id }] }] },
    });
  });
});
