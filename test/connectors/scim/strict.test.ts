import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OpenedWorld, openWorld } from '../../../sandbox/foundation/open-world.ts';
import type { Abilities } from '../../../sandbox/scim/discovery.ts';
import { type RunningApp, startScim, strictAbilities } from '../../../sandbox/scim/start-scim.ts';
import type { WritableTarget } from '../../../shared/ports/writers/writable-target.ts';
import { creating, deleting, linking, updating } from '../../contracts/changes.ts';
import { idOf, required, textOf } from '../../contracts/expected.ts';
import { behaves, someone } from './behaves.ts';
import { makeTarget } from './make-target.ts';

let folder: string;
let world: OpenedWorld;
let app: RunningApp;
let abilities: Abilities = strictAbilities;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-scim-'));
  world = openWorld({ dataDir: folder });
  app = await startScim(world, { port: 0, abilities: () => abilities });
});
afterAll(async () => {
  await app.stop();
  world.close();
  await rm(folder, { recursive: true, force: true });
});

const token = 'sandbox-scim-token';
const signal = (): AbortSignal => AbortSignal.timeout(20_000);
const target = (more: Omit<Parameters<typeof makeTarget>[0], 'url' | 'token'> = {}) => makeTarget({ url: app.url, token, ...more });
const requests = () => world.requests.since('scim', 0);
const writesSince = (sequence: number) => world.requests.since('scim', sequence).filter(({ method }) => method !== 'GET');
const last = () => requests().at(-1)?.sequence ?? 0;
const fails = (operation: string, fault: { phase: 'before' | 'after'; effect: Parameters<typeof world.faults.add>[0]['effect'] }) =>
  void world.faults.add({ system: 'scim', operation, nth: 1, times: 1, ...fault });

async function newGroup(displayName: string): Promise<string> {
  const body = JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: `${displayName} ${last()}` });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
  const made = await fetch(`${app.url}/Groups`, { method: 'POST', headers, body });
  const { id }: { id: string } = JSON.parse(await made.text());
  return id;
}

const variants = [
  ['that takes the shapes of the RFC alone, and demands versions', strictAbilities, {}],
  ['that knows no PATCH', { ...strictAbilities, patch: false }, {}],
  ['that knows no PATCH and does not say so', { ...strictAbilities, patch: false }, { update: 'patch' }],
  ['that has no filters', { ...strictAbilities, filter: false, maxResults: 40 }, {}],
  ['that has no versions, with merged replacements', { ...strictAbilities, etag: false }, { replaces: 'merged' }],
] as const;

describe.each(variants)('on a server %s, the connector', (_, can, profile) => {
  let made: WritableTarget | undefined;
  beforeAll(() => {
    abilities = can;
  });
  behaves({ target: () => (made ??= target({ profile })), newGroup });
});

describe('when a strict server', () => {
  const accounts = (of: WritableTarget) => required(of.writes.accounts);
  const reads = (of: WritableTarget) => required(of.reads.accounts);
  beforeEach(() => {
    abilities = strictAbilities;
    world.faults.clear();
  });

  it('has changed the account since it was read, the change is made anew and nothing is overwritten', async () => {
    const one = target();
    const id = idOf(await accounts(one).create(creating(someone()), signal()));
    fails('scim.patchUser', { phase: 'before', effect: { status: 412 } });
    expect(await accounts(one).update(updating(id, { title: 'Director' }), signal())).toMatchObject({
      is: 'later',
      problem: { code: 'target-conflict' },
    });
    expect(await accounts(one).update(updating(id, { title: 'Director' }), signal())).toMatchObject({ is: 'accepted' });
  });

  it('is busy, the write is tried once and comes again no sooner than the server asks, in fractions of a second too', async () => {
    const one = target();
    const account = someone();
    fails('scim.createUser', { phase: 'before', effect: { status: 429, code: 'tooMany', retryAfter: 0.128 } });
    expect(await accounts(one).create(creating(account), signal())).toMatchObject({
      is: 'later',
      retryAfterMs: 128,
      problem: { code: 'target-throttled', systemCode: 'tooMany', requestId: expect.any(String) },
    });
    expect(await reads(one).holdersOf('userName', textOf(account['userName']), signal())).toEqual([]);
  });

  it('loses the answer after it made the account, the account is found by what it is matched by', async () => {
    const one = target();
    const account = someone();
    fails('scim.createUser', { phase: 'after', effect: { reset: true } });
    expect(await accounts(one).create(creating(account), signal())).toMatchObject({ is: 'lost', problem: { code: 'answer-lost' } });
    expect(await reads(one).holdersOf('externalId', textOf(account['externalId']), signal())).toHaveLength(1);
  });

  it('fails or breaks off before it did anything, that is unknown too, and nothing is found', async () => {
    const one = target();
    for (const effect of [{ reset: true }, { status: 500 }, { status: 503, retryAfter: 1 }] as const) {
      const account = someone();
      fails('scim.createUser', { phase: 'before', effect });
      expect(await accounts(one).create(creating(account), signal())).toMatchObject({ is: 'lost' });
      expect(await reads(one).holdersOf('externalId', textOf(account['externalId']), signal())).toEqual([]);
    }
  });

  it('loses the answers to a chunk of members, all of them are unknown, and each is seen to be in', async () => {
    const one = target();
    const group = await newGroup('Lost');
    const ids = await Promise.all([1, 2, 3].map(async () => idOf(await accounts(one).create(creating(someone()), signal()))));
    fails('scim.patchGroup', { phase: 'after', effect: { reset: true } });
    const set = (id: string) => required(one.writes.memberships).setMembership(linking('member', 'link', id, group), signal());
    expect((await Promise.all(ids.map(set))).map(({ is }) => is)).toEqual(['lost', 'lost', 'lost']);
    for (const id of ids) expect(await required(one.reads.memberships).isMember(group, id, signal())).toBe(true);
  });

  it('refuses one of many members, the others are in, and that one is told why', async () => {
    const one = target();
    const group = await newGroup('Some');
    const ids = await Promise.all([1, 2].map(async () => idOf(await accounts(one).create(creating(someone()), signal()))));
    const set = (id: string) => required(one.writes.memberships).setMembership(linking('member', 'link', id, group), signal());
    const answers = await Promise.all([...ids, 'nobody'].map(set));
    expect(answers.map(({ is }) => is)).toEqual(['accepted', 'accepted', 'refused']);
    expect(answers[2]).toMatchObject({ problem: { message: expect.stringContaining('There is no user nobody') } });
  });

  it('takes more calls in a second than it bears, none is refused: they are paced', async () => {
    // What other targets asked of it before this is more than a second ago.
    world.clock.setOffset(world.clock.offsetMs() + 1000);
    abilities = { ...strictAbilities, callsPerSecond: 40 };
    const one = target({ callsPerSecond: 20 });
    const from = last();
    await Promise.all(Array.from({ length: 24 }, () => reads(one).byId('nobody', signal())));
    expect(world.requests.since('scim', from).filter(({ status }) => status === 429)).toEqual([]);
  });

  it('is sent nothing for what is so already', async () => {
    const one = target();
    const id = idOf(await accounts(one).create(creating(someone()), signal()));
    const from = last();
    await accounts(one).update(updating(id, { enabled: false, title: 'Engineer', manager: null }), signal());
    expect(writesSince(from)).toEqual([]);
  });

  it('is told to delete, the version that was read is named', async () => {
    const one = target();
    const id = idOf(await accounts(one).create(creating(someone()), signal()));
    fails('scim.deleteUser', { phase: 'before', effect: { status: 412 } });
    expect(await accounts(one).delete(deleting(id), signal())).toMatchObject({ is: 'later' });
    expect(await accounts(one).delete(deleting(id), signal())).toMatchObject({ is: 'accepted' });
  });

  it('does not know us, reading says so, and writing has done nothing', async () => {
    const stranger = makeTarget({ url: app.url, token: 'another' });
    await expect(reads(stranger).byId('x', signal())).rejects.toMatchObject({ code: 'target-forbidden' });
    await expect(stranger.probe(signal())).rejects.toMatchObject({ code: 'target-forbidden' });
    expect(await accounts(stranger).create(creating(someone()), signal())).toMatchObject({
      is: 'refused',
      problem: { code: 'target-forbidden' },
    });
  });

  it('has groups and roles that carry a privilege, who is in them counts as privileged, and nobody is put into them', async () => {
    const admins = await newGroup('Admins');
    const one = target({ privileges: { groups: [admins], roles: ['owner'] } });
    const [plain, admin] = [
      idOf(await accounts(one).create(creating(someone()), signal())),
      idOf(await accounts(target()).create(creating(someone()), signal())),
    ];
    await required(target().writes.memberships).setMembership(linking('member', 'link', admin, admins), signal());
    expect(await reads(one).isPrivileged(admin, signal())).toBe(true);
    expect(await reads(one).isPrivileged(plain, signal())).toBe(false);
    expect(await required(one.reads.memberships).group(admins, signal())).toMatchObject({ kind: 'role-assignable' });
  });

  it('has no group of ours yet, the group is made with its first member, once', async () => {
    const groups = { by: 'externalId' as const, declared: new Map([['entra-1', 'Sales Team of ours']]) };
    const one = target({ groups });
    expect(await required(one.reads.memberships).group('entra-1', signal())).toEqual({
      id: 'entra-1',
      name: 'Sales Team of ours',
      kind: 'static',
    });
    const ids = await Promise.all([1, 2].map(async () => idOf(await accounts(one).create(creating(someone()), signal()))));
    const from = last();
    for (const id of ids) {
      const answer = await required(one.writes.memberships).setMembership(linking('member', 'link', id, 'entra-1'), signal());
      expect(answer).toMatchObject({ is: 'accepted' });
    }
    expect(writesSince(from).filter(({ operation }) => operation === 'scim.createGroup')).toHaveLength(1);
    expect(await required(target({ groups }).reads.memberships).groupsOf(required(ids[0]), signal())).toEqual(['entra-1']);
  });
});
