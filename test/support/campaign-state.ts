import { z } from 'zod';
import type { World } from './campaign-world.ts';

const text = z.string().nullish();
const graph = z.object({
  users: z.array(
    z.object({
      id: z.string(),
      userPrincipalName: z.string(),
      mail: text,
      employeeId: text,
      accountEnabled: z.boolean().nullish(),
      onPremisesSyncEnabled: z.boolean().nullish(),
      assignedLicenses: z.array(z.object({ skuId: z.string() })),
      groups: z.array(z.string()),
      manager: text,
      methods: z.array(z.object({ '@odata.type': z.string(), isUsable: z.boolean().nullish() })),
      deleted: z.boolean(),
    }),
  ),
  mailboxes: z.array(
    z.object({
      address: z.string(),
      messages: z.array(
        z.object({
          folder: z.string(),
          subject: z.string(),
          body: z.object({ content: z.string() }),
          toRecipients: z.array(z.object({ emailAddress: z.object({ address: z.string() }) })),
        }),
      ),
    }),
  ),
});
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const oci = z.object({
  users: z.array(
    z.object({
      id: z.string(),
      userName: z.string(),
      active: z.boolean(),
      groups: z.array(z.object({ display: z.string() })),
      [enterprise]: z.object({ employeeNumber: text, manager: z.object({ value: z.string() }).nullish() }).nullish(),
    }),
  ),
});
const directory = z.object({
  objects: z.array(
    z.looseObject({
      dn: z.string(),
      employeeID: text,
      sAMAccountName: text,
      userPrincipalName: text,
      mail: text,
      userAccountControl: text,
      manager: text,
      memberOf: z.array(z.string()).nullish(),
      objectClass: z.array(z.string()).nullish(),
    }),
  ),
});
const hr = z.object({
  workContacts: z.array(z.object({ workerId: z.string(), email: z.string(), userPrincipalName: z.string() })),
  events: z.array(z.object({ workerId: z.string(), state: z.string() })),
});

/** What the simulated systems hold, in the parts that a hire touches. */
export type WorldState = {
  readonly graph: z.infer<typeof graph>;
  readonly oci: readonly {
    readonly id: string;
    readonly userName: string;
    readonly active: boolean;
    readonly groups: readonly string[];
    readonly employeeNumber: string;
    readonly managerId: string | undefined;
  }[];
  readonly directory: z.infer<typeof directory>['objects'];
  readonly hr: z.infer<typeof hr>;
};

/** Reads the systems' own state over the control port. */
export async function readState(world: World): Promise<WorldState> {
  const [entra, domain, ad, hiring] = await Promise.all(['graph', 'oci', 'directory', 'hr'].map((system) => world.get(`/state/${system}`)));
  return {
    graph: graph.parse(entra),
    oci: oci.parse(domain).users.map((user) => ({
      id: user.id,
      userName: user.userName,
      active: user.active,
      groups: user.groups.map(({ display }) => display),
      employeeNumber: user[enterprise]?.employeeNumber ?? '',
      managerId: user[enterprise]?.manager?.value,
    })),
    directory: directory.parse(ad).objects,
    hr: hr.parse(hiring),
  };
}
