import type { NewHire } from '../../../scripts/start/sample-hires.ts';

/** The hire that the small world is about. */
export const zoe: NewHire = {
  workerId: '30001',
  status: 'active',
  workerType: 'employee',
  name: { given: 'Zoë', family: "O'Brien" },
  personalEmail: 'zoe@example.net',
  jobTitle: 'Engineer',
  jobCode: 'ENG2',
  department: 'Platform',
  company: 'Contoso',
  location: { code: 'LIS', city: 'Lisbon', country: 'PT' },
  managerId: '10001',
  hireDate: '2026-11-21',
  timeZone: 'Europe/Lisbon',
};

type Account = {
  dn: string;
  objectClass: string[];
  objectGUID: string;
  employeeID: string;
  sAMAccountName: string;
  userPrincipalName: string;
  userAccountControl: string;
  manager?: string;
  memberOf: string[];
};
type User = {
  id: string;
  deleted: boolean;
  accountEnabled: boolean;
  displayName: string;
  userPrincipalName: string;
  employeeId: string;
  onPremisesSyncEnabled: boolean;
  onPremisesImmutableId: string | null;
  assignedLicenses: { skuId: string }[];
  manager: string | null;
  groups: string[];
  methods: { '@odata.type': string; isUsable?: boolean }[];
};
type Message = { id: string; folder: string; subject: string; body: { content: string } };
type Hired = { workerId: string; status: string; department: string; hireDate: string; updatedAt: string };

/** The state of the simulated systems with a manager and one hire, to be changed by a test. */
export type SmallWorld = {
  now: number;
  directory: [Account, Account, ...Account[]];
  graph: {
    users: [User, User];
    groups: { id: string; displayName: string; membershipRule: string | null }[];
    subscribedSkus: { skuId: string; skuPartNumber: string }[];
    mailboxes: [{ userId: string; messages: [Message, ...Message[]] }];
  };
  oci: [
    {
      id: string;
      userName: string;
      active: boolean;
      groups: { display: string }[];
      credentials: Record<string, unknown[]>;
      factors: { devices: unknown[]; bypassCodes: unknown[]; trustedUserAgents: unknown[] };
      employeeNumber: string;
    },
  ];
  hr: { workers: [Hired]; workContacts: { workerId: string; email: string; userPrincipalName: string }[] };
  secrets: string[];
};

const people = 'OU=PT,OU=People,DC=corp,DC=contoso,DC=example';
const manager = `CN=Margarida,${people}`;
const address = 'zoe.obrien@contoso.example';
const pass = '#microsoft.graph.temporaryAccessPassAuthenticationMethod';

/** A world in which everything about Zoë is as it should be on her first day. */
export function smallWorld(): SmallWorld {
  return {
    now: Date.parse('2026-11-21T10:00:00Z'),
    directory: [
      account({
        dn: manager,
        employeeID: '10001',
        sAMAccountName: 'margarida',
        userPrincipalName: 'margarida@contoso.example',
        memberOf: [],
      }),
      account({ dn: `CN=Zoë O'Brien,${people}`, employeeID: '30001', sAMAccountName: 'zoe.obrien', userPrincipalName: address, manager }),
    ],
    graph: {
      users: [
        user({ id: 'm', employeeId: '10001', userPrincipalName: 'margarida@contoso.example', manager: null, methods: [] }),
        user({
          id: 'z',
          employeeId: '30001',
          userPrincipalName: address,
          manager: 'm',
          methods: [{ '@odata.type': pass, isUsable: true }],
        }),
      ],
      groups: [
        { id: 'g1', displayName: 'All Employees', membershipRule: null },
        { id: 'g2', displayName: 'Platform Team', membershipRule: null },
        { id: 'g3', displayName: 'Lisbon Office', membershipRule: null },
        { id: 'g4', displayName: 'Everyone in Portugal', membershipRule: 'user.country -eq "PT"' },
      ],
      subscribedSkus: [{ skuId: 's1', skuPartNumber: 'SPE_E3' }],
      mailboxes: [
        {
          userId: 'm',
          messages: [{ id: 'new', folder: 'inbox', subject: 'A sign-in pass', body: { content: 'https://gatehouse.example/passes/1' } }],
        },
      ],
    },
    oci: [
      {
        id: 'o',
        userName: address,
        active: true,
        groups: [{ display: 'OCI Staff' }, { display: 'OCI Developers' }],
        credentials: {},
        factors: { devices: [], bypassCodes: [], trustedUserAgents: [] },
        employeeNumber: '30001',
      },
    ],
    hr: {
      workers: [{ workerId: '30001', status: 'active', department: 'Platform', hireDate: '2026-11-21', updatedAt: '2026-11-21T09:59:00Z' }],
      workContacts: [{ workerId: '30001', email: address, userPrincipalName: address }],
    },
    secrets: ['Qx7-code'],
  };
}

function account(own: Partial<Account> & Pick<Account, 'dn' | 'employeeID' | 'sAMAccountName' | 'userPrincipalName'>): Account {
  const memberOf = ['CN=GG-Staff,OU=Groups', 'CN=GG-Platform,OU=Groups', 'CN=GG-Office-LIS,OU=Groups'];
  return { objectClass: ['top', 'user'], objectGUID: 'd2000001-0000-4000-8000-000000000301', userAccountControl: '512', memberOf, ...own };
}

function user(own: Partial<User> & Pick<User, 'id' | 'employeeId' | 'userPrincipalName'>): User {
  return {
    deleted: false,
    accountEnabled: true,
    displayName: own.userPrincipalName,
    onPremisesSyncEnabled: true,
    // The bytes of the directory's objectGUID in base64, first three parts turned round.
    onPremisesImmutableId: 'AQAA0gAAAECAAAAAAAADAQ==',
    assignedLicenses: [{ skuId: 's1' }],
    manager: null,
    groups: ['g1', 'g2', 'g3', 'g4'],
    methods: [],
    ...own,
  };
}
