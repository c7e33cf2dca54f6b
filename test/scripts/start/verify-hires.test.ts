import { describe, expect, it } from 'vitest';
import { verifyHires } from '../../../scripts/start/verify/verify-hires.ts';
import { type SmallWorld, smallWorld, zoe } from './small-world.ts';

/** What is found wrong with Zoë after the change to a world that was right. */
function findings(change: (world: SmallWorld) => void, hired: readonly string[] = [zoe.workerId]): readonly string[] {
  const world = smallWorld();
  change(world);
  const [verdict] = verifyHires([zoe], world, { mails: new Set(['old']), hired: new Set(hired) });
  return (verdict?.findings ?? []).map(({ part, text }) => `${part}: ${text}`);
}

const account = (world: SmallWorld) => world.directory[1];
const user = (world: SmallWorld) => world.graph.users[1];

describe('the check of the hires in the targets', () => {
  it('finds nothing wrong where every target holds what it should', () => {
    expect(findings(() => undefined)).toEqual([]);
  });

  it.each<readonly [string, (world: SmallWorld) => void, readonly string[]]>([
    [
      'an account that is missing',
      (world) => void world.directory.splice(1, 1),
      [
        'AD: accounts in the directory: expected 1, found 0',
        'Entra: anchor: expected undefined, found AQAA0gAAAECAAAAAAAADAQ==',
        'Entra: sign-in name as in the directory: expected undefined, found zoe.obrien@contoso.example',
      ],
    ],
    [
      'two accounts for one person',
      (world) =>
        void world.directory.push({
          ...account(world),
          dn: 'CN=Other,OU=PT,OU=People,DC=corp,DC=contoso,DC=example',
          userPrincipalName: 'other@contoso.example',
        }),
      ['AD: accounts in the directory: expected 1, found 2'],
    ],
    [
      'an account in the wrong unit',
      (world) => void (account(world).dn = "CN=Zoë O'Brien,OU=GB,OU=People,DC=corp,DC=contoso,DC=example"),
      ['AD: unit: expected OU=PT,OU=People,DC=corp,DC=contoso,DC=example, found OU=GB,OU=People,DC=corp,DC=contoso,DC=example'],
    ],
    [
      'an account that is still shut on the day',
      (world) => void (account(world).userAccountControl = '514'),
      ['AD: enabled: expected true, found false'],
    ],
    [
      'a group that is missing and one too many',
      (world) => void (account(world).memberOf = ['CN=GG-Staff,OU=Groups', 'CN=GG-Admins,OU=Groups', 'CN=GG-Platform,OU=Groups']),
      ['AD: groups: expected GG-Office-LIS, GG-Platform, GG-Staff, found GG-Admins, GG-Platform, GG-Staff'],
    ],
    ['no manager', (world) => void delete account(world).manager, ['AD: manager: expected 10001, found undefined']],
    [
      'a sign-in name that somebody else has in other letter case',
      (world) => void (world.directory[0].userPrincipalName = 'ZOE.OBRIEN@contoso.example'),
      ['AD: accounts with its sign-in name: expected 1, found 2'],
    ],
    [
      'a tenant that still shows the user shut',
      (world) => void (user(world).accountEnabled = false),
      ['Entra: enabled: expected true, found false'],
    ],
    [
      'a user who was made in the cloud instead of synced',
      (world) => void (user(world).onPremisesImmutableId = null),
      ['Entra: anchor: expected AQAA0gAAAECAAAAAAAADAQ==, found null'],
    ],
    ['no licence', (world) => void (user(world).assignedLicenses = []), ['Entra: licences: expected SPE_E3, found none']],
    ['two passes', (world) => void user(world).methods.push(...user(world).methods.slice(-1)), ['pass: passes: expected 1, found 2']],
    [
      'a pass that does not work yet',
      (world) => void (user(world).methods = user(world).methods.map((method) => ({ ...method, isUsable: false }))),
      ['pass: usable now: expected true, found false'],
    ],
    ['a user who is not active', (world) => void (world.oci[0].active = false), ['OCI: active: expected true, found false']],
    [
      'two mails of one pass',
      (world) => void world.graph.mailboxes[0].messages.push({ ...world.graph.mailboxes[0].messages[0], id: 'second' }),
      ['mail: mails of a pass to 10001: expected 1, found 2'],
    ],
    [
      'a mail that holds the code itself',
      (world) => void (world.graph.mailboxes[0].messages[0].body = { content: 'Use Qx7-code at /passes/1' }),
      ['mail: 1 mails to 10001 hold a code'],
    ],
    [
      'an address that HR was not told',
      (world) => void (world.hr.workContacts = []),
      [
        'HR: work address: expected zoe.obrien@contoso.example, found undefined',
        'HR: sign-in name: expected zoe.obrien@contoso.example, found undefined',
      ],
    ],
  ])('finds %s', (_, change, expected) => {
    expect(findings(change)).toEqual(expected);
  });

  it('asks for nothing anywhere while the day is more than two weeks off, and finds what is there too early', () => {
    const found = findings((world) => void (world.hr.workers[0].hireDate = '2026-12-21'));
    expect(found).toEqual([
      'AD: accounts in the directory: expected 0, found 1',
      'Entra: users in the tenant: expected 0, found 1',
      'OCI: users in the identity domain: expected 0, found 1',
      'pass: passes: expected 0, found 1',
      'HR: work address: expected undefined, found zoe.obrien@contoso.example',
    ]);
  });

  it('wants accounts made and shut, and no pass, in the two weeks before', () => {
    expect(findings((world) => void (world.hr.workers[0].hireDate = '2026-11-26'))).toEqual([
      'AD: enabled: expected false, found true',
      'Entra: enabled: expected false, found true',
      'OCI: active: expected false, found true',
      'pass: passes: expected 0, found 1',
    ]);
  });

  it('does not count mails of people who were hired on an earlier start', () => {
    const another = (world: SmallWorld) =>
      void world.graph.mailboxes[0].messages.push({ ...world.graph.mailboxes[0].messages[0], id: 'second' });
    expect(findings(another, [])).toEqual([]);
  });
});
