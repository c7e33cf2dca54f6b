import type { Attributes } from '../../shared/domain/change.ts';
import { company, type CompanyPerson } from '../../sandbox/company/company.ts';
import { appIdOf } from '../../sandbox/scim/seed-app.ts';
import { sambaProgram } from '../support/samba/start-samba.ts';
import type { Fault, TargetName } from './contoso.ts';

/** What the contract of accounts needs to know of a target to try it. */
export type AccountSample = {
  readonly target: Exclude<TargetName, 'mail' | 'hr'>;
  /** A new person's account, number `n`; `name` is the display name. */
  readonly account: (n: number, name?: string) => Attributes;
  /** The attribute with which an employee id is written. */
  readonly employeeId: string;
  /** A free attribute that may be changed and cleared. */
  readonly changing: string;
  /** The name that has to be unique in the whole target. */
  readonly unique: string;
  /** Where faults strike a create, and how the target says that it is busy. */
  readonly create: {
    readonly system: 'graph' | 'directory' | 'oci' | 'scim' | 'samba';
    readonly operation: string;
    readonly busy: Fault['effect'];
  };
  /** Where faults strike an update. */
  readonly update: string;
  readonly idOf: (person: CompanyPerson) => string | null;
  /** Workers whose accounts are privileged here: by membership, and by a role that they could take. */
  readonly privileged: readonly string[];
};

const throttled = { status: 429, code: 'TooManyRequests', retryAfter: 0.128 };

/** The sandbox's directory; a Samba domain with the same people and groups has to do the same. */
const directory: AccountSample = {
  target: 'ad',
  account: (n, name = `Test Person ${n}`) => ({
    cn: name,
    ou: 'OU=PT,OU=People,DC=corp,DC=contoso,DC=example',
    sAMAccountName: `test.person${n}`,
    userPrincipalName: `ad.person${n}@contoso.example`,
    displayName: name,
    givenName: 'Test',
    title: 'Engineer',
    department: 'Platform',
    employeeID: `90${n}`,
    enabled: false,
    mustChangePassword: true,
    initialPassword: { secret: 'initial-password' },
  }),
  employeeId: 'employeeID',
  changing: 'title',
  unique: 'sAMAccountName',
  create: { system: 'directory', operation: 'ldap.add', busy: { status: 51 } },
  update: 'ldap.modify',
  idOf: (person) => person.adObjectGuid,
  privileged: ['10008'],
};

/** The targets that hold accounts; Samba where the machine has it, and the test command says where it has not. */
export const accountSamples: readonly AccountSample[] = [
  {
    target: 'entra',
    account: (n, name = `Test Person ${n}`) => ({
      userPrincipalName: `test.person${n}@contoso.example`,
      mailNickname: `test.person${n}`,
      displayName: name,
      givenName: 'Test',
      surname: `Person ${n}`,
      jobTitle: 'Engineer',
      department: 'Platform',
      usageLocation: 'PT',
      employeeId: `90${n}`,
      employeeHireDate: '2026-12-01T00:00:00Z',
      enabled: false,
      initialPassword: { secret: 'initial-password' },
    }),
    employeeId: 'employeeId',
    changing: 'jobTitle',
    unique: 'userPrincipalName',
    create: { system: 'graph', operation: 'users.create', busy: throttled },
    update: 'users.update',
    idOf: (person) => person.entraId,
    privileged: ['10008', '10002'],
  },
  directory,
  ...(sambaProgram === undefined ? [] : [{ ...directory, target: 'samba', create: { ...directory.create, system: 'samba' } } as const]),
  {
    target: 'oci',
    account: (n, name = `Test Person ${n}`) => ({
      userName: `oci.person${n}@contoso.example`,
      'name.givenName': 'Test',
      'name.familyName': `Person ${n}`,
      displayName: name,
      email: `oci.person${n}@contoso.example`,
      title: 'Engineer',
      department: 'Platform',
      country: 'PT',
      employeeNumber: `90${n}`,
      isFederatedUser: true,
      bypassNotification: true,
      enabled: false,
    }),
    employeeId: 'employeeNumber',
    changing: 'title',
    unique: 'userName',
    create: { system: 'oci', operation: 'scim.createUser', busy: throttled },
    update: 'scim.patchUser',
    idOf: (person) => person.ociId,
    privileged: [],
  },
  {
    target: 'scim',
    account: (n, name = `Test Person ${n}`) => ({
      userName: `scim.person${n}@contoso.example`,
      'name.givenName': 'Test',
      'name.familyName': `Person ${n}`,
      displayName: name,
      email: `scim.person${n}@contoso.example`,
      title: 'Engineer',
      department: 'Platform',
      externalId: `scim-${n}`,
      employeeNumber: `90${n}`,
      enabled: false,
    }),
    employeeId: 'employeeNumber',
    changing: 'title',
    unique: 'userName',
    create: { system: 'scim', operation: 'scim.createUser', busy: throttled },
    update: 'scim.patchUser',
    idOf: appIdOf,
    privileged: ['10008'],
  },
];

/** A person of the company who has an account in the target and no privilege. */
export function ordinaryPerson(sample: AccountSample): CompanyPerson {
  const found = company.find(
    (person) => person.workerId !== '10001' && !sample.privileged.includes(person.workerId) && sample.idOf(person) !== null,
  );
  if (found === undefined) throw new Error('nobody has an account');
  return found;
}

/** Names that break what is concatenated: quotes, separators and wildcards of DNs and filters, edge spaces, other scripts, an emoji of several code points. */
export const namesThatHurt: readonly string[] = [
  "O'Brien, Zoë #1",
  'Smith\\+Jones',
  ' edge spaces ',
  '#hash "quoted" & 100%',
  '*)(objectClass=*',
  '李小龙',
  '👩‍💻 Ada',
  'Ends\\',
  'José <x=y>; DROP',
];
