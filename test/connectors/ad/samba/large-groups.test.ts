import { beforeAll, describe, expect, it } from 'vitest';
import { units } from '../../../../sandbox/directory/domain.ts';
import { collect } from '../../../../shared/connectors/ad/collect.ts';
import type { AdTarget } from '../../../../shared/connectors/ad/create-ad-target.ts';
import { createLdapDirectory } from '../../../../shared/connectors/ad/ldap-directory.ts';
import { createLdapSession } from '../../../../shared/connectors/ad/ldap-session.ts';
import { readRange } from '../../../../shared/connectors/ad/read-range.ts';
import { linking } from '../../../contracts/changes.ts';
import { required } from '../../../contracts/expected.ts';
import { startLdapRelay } from '../../../support/samba/ldap-relay.ts';
import { crowdAccounts, crowdGroup, crowdSize } from '../../../support/samba/samba-world.ts';
import { sambaProgram } from '../../../support/samba/start-samba.ts';
import { aMember } from './a-member.ts';
import { domainForFile } from './domain-for-file.ts';

const signal = AbortSignal.timeout(600_000);

describe.skipIf(sambaProgram === undefined)('large groups of a real domain', () => {
  const { target: connect, samba } = domainForFile('crowd');
  let target: AdTarget;
  let account: string;
  const reads = () => required(target.reads.memberships);
  const set = (does: 'link' | 'unlink', group: string, who = account) =>
    required(target.writes.memberships).setMembership(linking('member', does, who, group), signal);
  beforeAll(async () => {
    target = connect();
    account = await aMember(target, signal);
  });

  it('of more members than Active Directory gives at once show every account among them, each once, and no contact', async () => {
    const members = await collect(reads().membersOf(crowdGroup, signal));
    expect(new Set(members).size).toBe(crowdAccounts);
    expect(members).toHaveLength(crowdAccounts);
  });

  it('whose reading breaks off between two pages are no shorter for it: that is an error', async () => {
    const relay = await startLdapRelay(samba());
    const broken = required(connect({ urls: [relay.url] }).reads.memberships);
    const seen: string[] = [];
    const reading = async () => {
      for await (const member of broken.membersOf(crowdGroup, signal)) {
        if (seen.length === 0) relay.failNext('search', { phase: 'before', effect: { reset: true } });
        seen.push(member);
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: 'target-unreachable' });
    expect(seen.length).toBeGreaterThan(0);
    expect(relay.pending()).toBe(0);
    await relay.stop();
  });

  it('are read value by value in windows, as many as Active Directory gives at once', async () => {
    const { address, login } = samba();
    const session = createLdapSession({ ...login, url: `ldaps://${address}` });
    const parts = { directory: createLdapDirectory(session), baseDn: units.groups };
    const names = await collect(readRange(parts, `CN=GG-Crowd,${units.groups}`, 'member', signal));
    expect(new Set(names).size).toBe(crowdSize);
    expect(await collect(readRange(parts, `CN=GG-Crowd,${units.groups}`, 'description', signal))).toEqual([]);
    await session.close();
  });

  it('take one more among many, and give one up, without being read', async () => {
    expect(await set('link', crowdGroup)).toMatchObject({ is: 'accepted' });
    expect(await reads().isMember(crowdGroup, account, signal)).toBe(true);
    expect(await set('unlink', crowdGroup)).toMatchObject({ is: 'accepted' });
    expect(await reads().groupsOf(account, signal)).toEqual([]);
  });
});
