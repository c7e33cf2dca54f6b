import { z } from 'zod';
import type { Gatehouse } from '../support/product.ts';

const text = z.string().nullish();
const pass = '#microsoft.graph.temporaryAccessPassAuthenticationMethod';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const method = z.object({
  '@odata.type': z.string(),
  startDateTime: z.string().optional(),
  lifetimeInMinutes: z.number().optional(),
  isUsable: z.boolean().optional(),
  isUsableOnce: z.boolean().optional(),
});
const entraUser = z.object({
  id: z.string(),
  deleted: z.boolean(),
  userPrincipalName: z.string(),
  displayName: z.string(),
  mail: text,
  employeeId: text,
  jobTitle: text,
  accountEnabled: z.boolean(),
  onPremisesSyncEnabled: z.boolean().nullable(),
  assignedLicenses: z.array(z.object({ skuId: z.string() })),
  groups: z.array(z.string()),
  manager: text,
  methods: z.array(method),
  devices: z.array(z.object({ displayName: z.string(), accountEnabled: z.boolean() })),
  owns: z.array(z.string()),
  units: z.array(z.string()),
});
const message = z.object({
  folder: z.string(),
  subject: z.string(),
  body: z.object({ content: z.string() }),
  toRecipients: z.array(z.object({ emailAddress: z.object({ address: z.string() }) })),
});
const graph = z.object({ users: z.array(entraUser), mailboxes: z.array(z.object({ address: z.string(), messages: z.array(message) })) });
const adObject = z.looseObject({
  dn: z.string(),
  employeeID: text,
  cn: text,
  displayName: text,
  title: text,
  sAMAccountName: text,
  userPrincipalName: text,
  userAccountControl: text,
  manager: text,
  memberOf: z.array(z.string()).default([]),
});
const ociUser = z.object({
  id: z.string(),
  userName: z.string(),
  displayName: text,
  active: z.boolean(),
  groups: z.array(z.object({ display: z.string() })).default([]),
  [enterprise]: z.object({ employeeNumber: text, manager: z.object({ value: z.string() }).nullish() }).nullish(),
});
const directory = z.object({ objects: z.array(adObject) });
const oci = z.object({ users: z.array(ociUser) });
const hr = z.object({ workContacts: z.array(z.object({ workerId: z.string(), email: z.string(), userPrincipalName: z.string() })) });

type EntraUser = z.infer<typeof entraUser>;

/** A mail that was sent from Gatehouse's mailbox. */
export type SentMail = { readonly to: readonly string[]; readonly subject: string; readonly content: string };

/** What the simulated systems hold under one employee id, and how many accounts carry it in each. */
export type Accounts = {
  readonly counts: { readonly ad: number; readonly entra: number; readonly oci: number };
  readonly ad?: {
    readonly dn: string;
    readonly groups: readonly string[];
    readonly isEnabled: boolean;
    readonly upn: string;
    readonly sam: string;
    readonly cn: string;
    readonly title: string;
    readonly managerDn: string;
  };
  readonly entra?: EntraUser & { readonly licences: readonly string[] };
  readonly oci?: {
    readonly id: string;
    readonly userName: string;
    readonly isActive: boolean;
    readonly groups: readonly string[];
    readonly managerId: string;
  };
  /** Temporary Access Passes that work now or later. */
  readonly passes: readonly { readonly startsAt: string; readonly minutes: number; readonly isUsableOnce: boolean }[];
  readonly contact?: { readonly email: string; readonly userPrincipalName: string };
};

/** Looks into the four systems themselves, over the sandbox's control port; the product is not asked. */
export async function accountsOf({ world }: Gatehouse, workerId: string): Promise<Accounts> {
  const [users, domain, ad, contacts] = await Promise.all(
    ['graph', 'oci', 'directory', 'hr'].map((system) => world.get(`/state/${system}`)),
  );
  const inEntra = graph.parse(users).users.filter(({ employeeId, deleted }) => employeeId === workerId && !deleted);
  const inOci = oci.parse(domain).users.filter((user) => user[enterprise]?.employeeNumber === workerId);
  const inAd = directory.parse(ad).objects.filter(({ employeeID }) => employeeID === workerId);
  const contact = hr.parse(contacts).workContacts.find((one) => one.workerId === workerId);
  return {
    counts: { ad: inAd.length, entra: inEntra.length, oci: inOci.length },
    ...asAd(inAd[0]),
    ...asEntra(inEntra[0]),
    ...asOci(inOci[0]),
    passes: inEntra.flatMap(passesOf),
    ...(contact === undefined ? {} : { contact: { email: contact.email, userPrincipalName: contact.userPrincipalName } }),
  };
}

function asAd(found: z.infer<typeof adObject> | undefined): Pick<Accounts, 'ad'> {
  if (found === undefined) return {};
  const groups = found.memberOf.map((dn) => /^CN=([^,]+)/.exec(dn)?.[1] ?? dn).toSorted();
  const isEnabled = (Number(found.userAccountControl) & 2) === 0;
  return {
    ad: {
      dn: found.dn,
      groups,
      isEnabled,
      upn: found.userPrincipalName ?? '',
      sam: found.sAMAccountName ?? '',
      cn: found.cn ?? '',
      title: found.title ?? '',
      managerDn: found.manager ?? '',
    },
  };
}

function asEntra(found: EntraUser | undefined): Pick<Accounts, 'entra'> {
  return found === undefined
    ? {}
    : { entra: { ...found, groups: found.groups.toSorted(), licences: found.assignedLicenses.map(({ skuId }) => skuId) } };
}

function asOci(found: z.infer<typeof ociUser> | undefined): Pick<Accounts, 'oci'> {
  if (found === undefined) return {};
  const groups = found.groups.map(({ display }) => display).toSorted();
  return {
    oci: { id: found.id, userName: found.userName, isActive: found.active, groups, managerId: found[enterprise]?.manager?.value ?? '' },
  };
}

function passesOf({ methods }: EntraUser): Accounts['passes'] {
  return methods
    .filter((one) => one['@odata.type'] === pass)
    .map(({ startDateTime = '', lifetimeInMinutes = 0, isUsableOnce = false }) => ({
      startsAt: startDateTime,
      minutes: lifetimeInMinutes,
      isUsableOnce,
    }));
}

/** Every mail that Gatehouse's mailbox has sent, newest first. */
export async function sentMails({ world }: Gatehouse): Promise<readonly SentMail[]> {
  const { mailboxes } = graph.parse(await world.get('/state/graph'));
  const own = mailboxes.find(({ address }) => address === 'gatehouse@contoso.example');
  return (own?.messages ?? [])
    .filter(({ folder }) => folder === 'sentitems')
    .map(({ subject, body, toRecipients }) => ({
      subject,
      content: body.content,
      to: toRecipients.map(({ emailAddress }) => emailAddress.address),
    }));
}
