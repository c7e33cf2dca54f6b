/** The sample domain: its names as docs/sandbox.md promises them. */
export const domain = {
  dn: 'DC=corp,DC=contoso,DC=example',
  dnsName: 'corp.contoso.example',
  netbiosName: 'CORP',
  sid: 'S-1-5-21-3623811015-3361044348-30300820',
  guid: 'd0000000-0000-4000-8000-000000000001',
} as const;

/** The name of a domain controller. */
export type ControllerName = 'dc1' | 'dc2';

/** The domain controllers: two that hold the same directory. */
export const controllers = {
  dc1: { hostName: 'dc1.corp.contoso.example', server: 'DC1' },
  dc2: { hostName: 'dc2.corp.contoso.example', server: 'DC2' },
} as const satisfies Readonly<Record<ControllerName, { readonly hostName: string; readonly server: string }>>;

/** The organizational units that Cloud Sync covers, and those that the seed makes beside them. */
export const units = {
  people: `OU=People,${domain.dn}`,
  leavers: `OU=Leavers,${domain.dn}`,
  groups: `OU=Groups,${domain.dn}`,
  serviceAccounts: `OU=Service Accounts,${domain.dn}`,
  domainControllers: `OU=Domain Controllers,${domain.dn}`,
  users: `CN=Users,${domain.dn}`,
} as const;

/** The one account that may write, with the password of docs/sandbox.md. */
export const serviceAccount = {
  name: 'svc-gatehouse',
  dn: `CN=svc-gatehouse,${units.serviceAccounts}`,
  password: 'sandbox-ad-secret',
} as const;

/** Password and lockout policy of the domain, as its root object states it. Durations are milliseconds. */
export const policy = { minimumLength: 12, lockoutThreshold: 10, lockoutMs: 30 * 60_000 } as const;
