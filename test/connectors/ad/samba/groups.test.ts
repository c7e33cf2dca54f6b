import { Attribute, Change, type Client } from 'ldapts';
import { beforeAll, describe, expect, it } from 'vitest';
import { units } from '../../../../sandbox/directory/domain.ts';
import { collect } from '../../../../shared/connectors/ad/collect.ts';
import type { AdTarget } from '../../../../shared/connectors/ad/create-ad-target.ts';
import { childName } from '../../../../shared/connectors/ad/distinguished-name.ts';
import { guidText } from '../../../../shared/connectors/ad/guid.ts';
import type { FoundAccount } from '../../../../shared/ports/readers/accounts.ts';
import { linking } from '../../../contracts/changes.ts';
import { required } from '../../../contracts/expected.ts';
import { sambaProgram } from '../../../support/samba/start-samba.ts';
import { aMember } from './a-member.ts';
import { domainForFile } from './domain-for-file.ts';

const signal = AbortSignal.timeout(600_000);
const platform = 'd1000000-0000-4000-8000-000000000002';
const add = (values: string) => new Change({ operation: 'add', modification: new Attribute({ type: 'member', values: [values] }) });

describe.skipIf(sambaProgram === undefined)('groups of a real domain', () => {
  const { target: connect, asAdministrator } = domainForFile();
  let target: AdTarget;
  let account: string;
  const reads = () => required(target.reads.memberships);
  const set = (does: 'link' | 'unlink', group: string, who = account) =>
    required(target.writes.memberships).setMembership(linking('member', does, who, group), signal);
  beforeAll(async () => {
    target = connect();
    account = await aMember(target, signal);
  });

  it('that hold other groups show their accounts alone; who is in an inner one is not in the outer', async () => {
    await asAdministrator(async (client) => {
      await newGroup(client, 'Outer, O"Hara #1');
      await client.modify(dnOf('Outer, O"Hara #1'), add(`CN=GG-Platform,${units.groups}`));
    });
    const outer = await idOfGroup('Outer, O"Hara #1');
    expect(await set('link', platform)).toMatchObject({ is: 'accepted' });
    expect(await collect(reads().membersOf(outer, signal))).toEqual([]);
    expect(await reads().isMember(outer, account, signal)).toBe(false);
    expect(await set('link', outer)).toMatchObject({ is: 'accepted' });
    expect((await reads().groupsOf(account, signal)).toSorted()).toEqual([platform, outer].toSorted());
    expect((await listed(account))?.attributes['memberOf']).toEqual(expect.arrayContaining([platform, outer]));
  });

  it('are all left by who is taken out of each that they are shown in, the primary one too', async () => {
    await asAdministrator(async (client) => {
      await newGroup(client, 'Primary');
      await client.modify(dnOf('Primary'), add(`<GUID=${account}>`));
      const [group] = (await client.search(dnOf('Primary'), { scope: 'base', attributes: ['primaryGroupToken'] })).searchEntries;
      await client.modify(
        `<GUID=${account}>`,
        new Change({
          operation: 'replace',
          modification: new Attribute({ type: 'primaryGroupID', values: [String(group?.['primaryGroupToken'])] }),
        }),
      );
    });
    const primary = await idOfGroup('Primary');
    expect(await reads().isMember(primary, account, signal)).toBe(true);
    const groups = await reads().groupsOf(account, signal);
    expect(groups).toContain(primary);
    expect((await listed(account))?.attributes['memberOf']).toContain(primary);
    for (const group of groups) expect(await set('unlink', group)).toMatchObject({ is: 'accepted' });
    // Nobody chose Domain Users, and nobody can be taken out of it: it is their primary group again.
    expect(await reads().groupsOf(account, signal)).toEqual([]);
    expect((await listed(account))?.attributes['memberOf']).toEqual([]);
  });

  it('that AdminSDHolder protects take nobody, for the service account has no right to it', async () => {
    const admins = await idOfGroup('Domain Admins', units.users);
    expect(await reads().group(admins, signal)).toMatchObject({ kind: 'role-assignable' });
    expect(await set('link', admins)).toMatchObject({ is: 'refused', problem: { code: 'target-forbidden' } });
  });

  async function listed(id: string): Promise<FoundAccount | undefined> {
    for await (const one of required(target.reads.accounts).all(signal)) if (one.id === id) return one;
    return undefined;
  }

  async function idOfGroup(name: string, container: string = units.groups): Promise<string> {
    const guid = await asAdministrator(
      async (client) =>
        (
          await client.search(dnOf(name, container), {
            scope: 'base',
            attributes: ['objectGUID'],
            explicitBufferAttributes: ['objectGUID'],
          })
        ).searchEntries[0]?.['objectGUID'],
    );
    if (!Buffer.isBuffer(guid)) throw new Error(`There is no group ${name}.`);
    return guidText(guid);
  }
});

function dnOf(name: string, container: string = units.groups): string {
  return childName(name, container);
}

async function newGroup(client: Client, name: string): Promise<void> {
  await client.add(dnOf(name), { objectClass: 'group', sAMAccountName: name.replaceAll(/[^a-z]/gi, '') });
}
