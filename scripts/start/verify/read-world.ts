import { z } from 'zod';
import type { SandboxControl } from '../sandbox-control.ts';

const user = z.object({
  id: z.string(),
  deleted: z.boolean(),
  accountEnabled: z.boolean(),
  displayName: z.string(),
  userPrincipalName: z.string(),
  employeeId: z.string().nullish(),
  jobTitle: z.string().nullish(),
  onPremisesSyncEnabled: z.boolean().nullish(),
  onPremisesImmutableId: z.string().nullish(),
  assignedLicenses: z.array(z.object({ skuId: z.string() })),
  manager: z.string().nullable(),
  groups: z.array(z.string()),
  methods: z.array(z.object({ '@odata.type': z.string(), isUsable: z.boolean().optional(), startDateTime: z.string().optional() })),
});
const message = z.object({
  id: z.string(),
  folder: z.string(),
  subject: z.string().nullish(),
  body: z.object({ content: z.string() }).nullish(),
});
const graph = z.object({
  users: z.array(user),
  groups: z.array(z.object({ id: z.string(), displayName: z.string(), membershipRule: z.string().nullish() })),
  subscribedSkus: z.array(z.object({ skuId: z.string(), skuPartNumber: z.string() })),
  mailboxes: z.array(z.object({ userId: z.string(), messages: z.array(message) })),
});
const directoryObject = z.object({
  dn: z.string(),
  objectClass: z.array(z.string()).optional(),
  objectGUID: z.string().optional(),
  'mS-DS-ConsistencyGuid': z.string().optional(),
  employeeID: z.string().optional(),
  sAMAccountName: z.string().optional(),
  userPrincipalName: z.string().optional(),
  userAccountControl: z.string().optional(),
  title: z.string().optional(),
  manager: z.string().optional(),
  memberOf: z.array(z.string()).optional(),
});
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const things = z.array(z.unknown()).default([]);
const ociUser = z.object({
  id: z.string(),
  userName: z.string(),
  active: z.boolean(),
  [enterprise]: z.object({ employeeNumber: z.string().optional() }).optional(),
  groups: z.array(z.object({ display: z.string() })).default([]),
  credentials: z.record(z.string(), z.array(z.unknown())).default({}),
  factors: z.object({ devices: things, bypassCodes: things, trustedUserAgents: things }).optional(),
});
const hr = z.object({
  workers: z.array(
    z.object({ workerId: z.string(), department: z.string().nullish(), status: z.string(), hireDate: z.string(), updatedAt: z.string() }),
  ),
  workContacts: z.array(z.object({ workerId: z.string(), email: z.string().nullable(), userPrincipalName: z.string().nullable() })),
});

/** What the simulated systems hold, as they tell it themselves; nothing here comes from the product. */
export type World = {
  readonly now: number;
  readonly graph: z.infer<typeof graph>;
  readonly directory: readonly z.infer<typeof directoryObject>[];
  readonly oci: readonly (z.infer<typeof ociUser> & { readonly employeeNumber: string | undefined })[];
  readonly hr: z.infer<typeof hr>;
  readonly secrets: readonly string[];
};

/** Reads the state of every simulated system. */
export async function readWorld(control: SandboxControl): Promise<World> {
  const [now, cloud, directory, oci, people, secrets] = await Promise.all([
    control.now(),
    control.state('graph', graph),
    control.state('directory', z.object({ objects: z.array(directoryObject) })),
    control.state('oci', z.object({ users: z.array(ociUser) })),
    control.state('hr', hr),
    control.secrets(),
  ]);
  const domainUsers = oci.users.map((one) => ({ ...one, employeeNumber: one[enterprise]?.employeeNumber }));
  return { now, graph: cloud, directory: directory.objects, oci: domainUsers, hr: people, secrets };
}
