import { createHash } from 'node:crypto';
import { company } from '../../../sandbox/company/company.ts';
import { domain, serviceAccount, units } from '../../../sandbox/directory/domain.ts';
import { delegatedRights } from './delegated-rights.ts';

/** What a provisioned domain is filled with: the same company, under the same ids and names, as the sandbox's directory. */
export type SambaWorld = {
  readonly objects: readonly Readonly<Record<string, string | readonly string[]>>[];
  readonly links: readonly { readonly of: string; readonly attribute: string; readonly to: string | readonly string[] }[];
  readonly passwords: Readonly<Record<string, string>>;
  readonly delegate: string;
  readonly rights: readonly { readonly on: string; readonly ace: string }[];
};

/** The password of the service account, which the domain's policy takes. */
export const servicePassword = 'Gatehouse-Samba-1';
const groupNames = [
  'Staff',
  'Platform',
  'Sales',
  'Finance',
  'People',
  'Support',
  'Office-LIS',
  'Office-LON',
  'Office-BER',
  'Office-NYC',
  'Office-TYO',
  'Admins',
];
const groupDn = (guid: string) => `CN=GG-${groupNames[Number.parseInt(guid.slice(-2), 16) - 1]},${units.groups}`;
const inDirectory = company.filter(({ adObjectGuid }) => adObjectGuid !== null);
const dnOf = new Map(
  inDirectory.map((person) => [person.workerId, `CN=${person.displayName},OU=${person.location.country},${units.people}`]),
);

/** The company as Samba is given it. */
export function sambaWorld(): SambaWorld {
  const countries = [...new Set(inDirectory.map(({ location }) => location.country))];
  const organisational = [
    units.people,
    units.leavers,
    units.groups,
    units.serviceAccounts,
    ...countries.map((code) => `OU=${code},${units.people}`),
  ];
  return {
    objects: [
      ...organisational.map((dn) => ({ dn, objectClass: 'organizationalUnit' })),
      ...groupNames.map((name, index) => aGroup(name, index + 1)),
      {
        dn: serviceAccount.dn,
        objectClass: 'user',
        sAMAccountName: serviceAccount.name,
        userPrincipalName: `${serviceAccount.name}@${domain.dnsName}`,
        userAccountControl: '66048',
      },
      ...inDirectory.map(aPerson),
    ],
    links: [
      ...inDirectory.flatMap(({ workerId, managerId }) => {
        const [of, to] = [dnOf.get(workerId), dnOf.get(managerId ?? '')];
        return of === undefined || to === undefined ? [] : [{ of, attribute: 'manager', to }];
      }),
      ...inDirectory.flatMap(({ workerId, adGroups }) =>
        adGroups.map((guid) => ({ of: groupDn(guid), attribute: 'member', to: dnOf.get(workerId) ?? '' })),
      ),
      { of: `CN=Domain Admins,${units.users}`, attribute: 'member', to: `CN=GG-Admins,${units.groups}` },
    ],
    passwords: { [serviceAccount.name]: servicePassword },
    delegate: serviceAccount.name,
    rights: delegatedRights({ accounts: [units.people, units.leavers], groups: [units.groups], domain: domain.dn }),
  };
}

/** How many are in the group of the crowd, how many of them are accounts and not contacts, and the group's id. */
export const crowdSize = 5010;
export const crowdAccounts = 1300;
export const crowdGroup = 'd3000000-0000-4000-8000-000000000001';

/** What makes a crowd of a company: accounts without passwords and contacts, all in one group. */
export function crowd(): SambaWorld {
  const unit = `OU=Crowd,${domain.dn}`;
  const group = `CN=GG-Crowd,${units.groups}`;
  const members = Array.from({ length: crowdSize }, (_, index) => ({
    dn: `CN=Crowd ${index},${unit}`,
    ...(index < crowdAccounts ? { objectClass: 'user', sAMAccountName: `crowd${index}` } : { objectClass: 'contact' }),
  }));
  return {
    objects: [
      { dn: unit, objectClass: 'organizationalUnit' },
      { dn: group, objectClass: 'group', sAMAccountName: 'GG-Crowd', objectGUID: crowdGroup },
      ...members,
    ],
    links: [{ of: group, attribute: 'member', to: members.map(({ dn }) => dn) }],
    passwords: {},
    delegate: serviceAccount.name,
    rights: [],
  };
}

/** Tells what a domain was made of apart, so that a kept one is never of another world. */
export function fingerprint(made: unknown): string {
  return createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 12);
}

function aGroup(name: string, place: number): SambaWorld['objects'][number] {
  const objectGUID = `d1000000-0000-4000-8000-${place.toString(16).padStart(12, '0')}`;
  const adminCount = name === 'Admins' ? { adminCount: '1' } : {};
  return { dn: `CN=GG-${name},${units.groups}`, objectClass: 'group', sAMAccountName: `GG-${name}`, objectGUID, ...adminCount };
}

function aPerson(person: (typeof inDirectory)[number]): SambaWorld['objects'][number] {
  const { adGroups, adObjectGuid, displayName, mail, name, samAccountName, userPrincipalName, workerId } = person;
  const isAdmin = adGroups.some((guid) => groupDn(guid).startsWith('CN=GG-Admins,'));
  return {
    dn: dnOf.get(workerId) ?? '',
    objectClass: 'user',
    objectGUID: adObjectGuid ?? '',
    sAMAccountName: samAccountName ?? '',
    userAccountControl: '512',
    userPrincipalName,
    displayName,
    givenName: name.given,
    mail,
    proxyAddresses: [`SMTP:${mail}`],
    employeeID: workerId,
    ...(isAdmin ? { adminCount: '1' } : {}),
  };
}
