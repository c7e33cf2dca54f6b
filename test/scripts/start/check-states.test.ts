import { describe, expect, it } from 'vitest';
import { checkUntouched, standingOf } from '../../../scripts/start/day/untouched.ts';
import { checkGone } from '../../../scripts/start/verify/check-gone.ts';
import { checkShut } from '../../../scripts/start/verify/check-shut.ts';
import { checkTold } from '../../../scripts/start/verify/check-told.ts';
import type { Finding } from '../../../scripts/start/verify/expected.ts';
import { type SmallWorld, smallWorld, zoe } from './small-world.ts';

const texts = (findings: readonly Finding[]) => findings.map(({ part, text }) => `${part}: ${text}`);

/** A world in which Zoë has left and nothing is open. */
function shutWorld(): SmallWorld {
  const world = smallWorld();
  Object.assign(world.directory[1], {
    dn: "CN=Zoë O'Brien,OU=Leavers,DC=corp,DC=contoso,DC=example",
    userAccountControl: '514',
    memberOf: [],
  });
  Object.assign(world.graph.users[1], { accountEnabled: false, assignedLicenses: [], groups: ['g4'], methods: [] });
  Object.assign(world.oci[0], { active: false, groups: [] });
  return world;
}

describe('the check that somebody has left for good', () => {
  const findings = (change: (world: SmallWorld) => void) => {
    const world = shutWorld();
    change(world);
    return texts(checkShut(zoe.workerId, world));
  };

  it('finds nothing where all is shut and taken away, the dynamic group aside, nor where the accounts are deleted', () => {
    expect(findings(() => undefined)).toEqual([]);
    expect(
      findings((world) => {
        world.directory.splice(1, 1);
        world.graph.users[1].deleted = true;
        world.oci[0].employeeNumber = 'nobody';
      }),
    ).toEqual([]);
  });

  it.each<readonly [string, (world: SmallWorld) => void, string]>([
    [
      'an account that is open in AD',
      (world) => void (world.directory[1].userAccountControl = '512'),
      'AD: enabled: expected false, found true',
    ],
    [
      'a group in AD',
      (world) => void (world.directory[1].memberOf = ['CN=GG-Staff,OU=Groups']),
      'AD: groups: expected none, found GG-Staff',
    ],
    [
      'a user who is open in Entra',
      (world) => void (world.graph.users[1].accountEnabled = true),
      'Entra: enabled: expected false, found true',
    ],
    ['a licence', (world) => void (world.graph.users[1].assignedLicenses = [{ skuId: 's1' }]), 'Entra: licences: expected 0, found 1'],
    [
      'a second factor in OCI',
      (world) => void world.oci[0].factors.devices.push({ value: 'd' }),
      'OCI: second factors and remembered browsers: expected 0, found 1',
    ],
    [
      'a way to sign in',
      (world) => void (world.graph.users[1].methods = [{ '@odata.type': '#microsoft.graph.fido2AuthenticationMethod' }]),
      'Entra: ways to sign in besides a password: expected 0, found 1',
    ],
    ['a user who is active in OCI', (world) => void (world.oci[0].active = true), 'OCI: active: expected false, found true'],
    ['a credential of OCI', (world) => void (world.oci[0].credentials = { apiKeys: [{}] }), 'OCI: credentials: expected 0, found 1'],
  ])('finds %s', (_, change, expected) => {
    expect(findings(change)).toEqual([expected]);
  });

  it('wants groups that are left to people to be there still', () => {
    expect(texts(checkShut(zoe.workerId, shutWorld(), { adGroups: ['GG-Admins'] }))).toEqual([
      'AD: groups: expected GG-Admins, found none',
    ]);
  });
});

describe('the check that a hire left nothing', () => {
  it('finds an account in each system', () => {
    expect(texts(checkGone(zoe.workerId, smallWorld()))).toEqual([
      'AD: accounts in the directory: expected 0, found 1',
      'Entra: users in the tenant: expected 0, found 1',
      'OCI: users in the identity domain: expected 0, found 1',
    ]);
    expect(checkGone('nobody', smallWorld())).toEqual([]);
  });
});

describe('the check that nobody of a file was touched', () => {
  it('names whoever has an account that is shut', () => {
    expect(checkUntouched([zoe.workerId], smallWorld())).toEqual([]);
    expect(texts(checkUntouched([zoe.workerId], shutWorld()))).toEqual([
      'Gatehouse: people with an account that is shut: expected , found 30001',
    ]);
  });

  it('sees any change of what a system holds of a person', () => {
    const changed = smallWorld();
    changed.oci[0].groups = [];
    const standing = (world: SmallWorld) => standingOf([zoe.workerId], world).get(zoe.workerId);
    expect(standing(smallWorld())).toBe(standing(smallWorld()));
    expect(standing(changed)).not.toBe(standing(smallWorld()));
  });
});

describe('the check that somebody was told', () => {
  const told = (subject: string, ...before: readonly string[]) =>
    texts(checkTold({ address: 'margarida@contoso.example', subject, before: new Set(before) }, smallWorld()));

  it('wants a new mail whose subject begins as it should', () => {
    expect(told('A sign-in')).toEqual([]);
    expect(told('Gatehouse holds')).toEqual(['mail: “Gatehouse holds…” to margarida@contoso.example: expected one, found none']);
    expect(told('A sign-in', 'new')).toHaveLength(1);
  });
});
