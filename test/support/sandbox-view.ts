import { z } from 'zod';

const message = z.object({
  id: z.string(),
  folder: z.string(),
  subject: z.string(),
  toRecipients: z.array(z.object({ emailAddress: z.object({ address: z.string() }) })),
});
const user = z.object({
  id: z.string(),
  userPrincipalName: z.string(),
  displayName: z.string().nullable(),
  accountEnabled: z.boolean(),
  employeeId: z.string().nullish(),
  jobTitle: z.string().nullish(),
  manager: z.string().nullable(),
  groups: z.array(z.string()),
  deleted: z.boolean(),
  methods: z.array(
    z.looseObject({ isUsable: z.boolean().optional(), startDateTime: z.string().nullish(), methodUsabilityReason: z.string().optional() }),
  ),
});
const graph = z.object({
  users: z.array(user),
  mailboxes: z.array(z.object({ address: z.string(), messages: z.array(message) })),
  subscribedSkus: z.array(z.object({ skuPartNumber: z.string(), consumedUnits: z.number() })),
});
const directory = z.object({
  objects: z.array(
    z.looseObject({
      dn: z.string(),
      employeeID: z.string().optional(),
      sAMAccountName: z.string().optional(),
      userAccountControl: z.string().optional(),
    }),
  ),
});
const oci = z.object({ users: z.array(z.looseObject({ id: z.string(), userName: z.string(), active: z.boolean().optional() })) });
const hr = z.object({ workContacts: z.array(z.looseObject({ workerId: z.string().optional(), email: z.string().nullable() })) });

/** What the simulated systems hold, as far as tests of the product look at it. */
export type SandboxView = {
  readonly graph: z.infer<typeof graph>;
  readonly directory: z.infer<typeof directory>;
  readonly oci: z.infer<typeof oci>;
  readonly hr: z.infer<typeof hr>;
};

/** Asks the control port what every system holds. */
export async function viewSandbox(control: string): Promise<SandboxView> {
  const state = async (system: string): Promise<unknown> => (await fetch(`${control}/state/${system}`)).json();
  return {
    graph: graph.parse(await state('graph')),
    directory: directory.parse(await state('directory')),
    oci: oci.parse(await state('oci')),
    hr: hr.parse(await state('hr')),
  };
}

/** All that the systems hold about one worker. */
export function aboutWorker(view: SandboxView, workerId: string) {
  const users = view.graph.users.filter((one) => one.employeeId === workerId && !one.deleted);
  return {
    users,
    accounts: view.directory.objects.filter((one) => one.employeeID === workerId),
    ociUsers: view.oci.users.filter((one) => JSON.stringify(one).includes(`"employeeNumber":"${workerId}"`)),
    contacts: view.hr.workContacts.filter((one) => JSON.stringify(one).includes(`"${workerId}"`)),
    passes: users.flatMap((one) => one.methods.filter((method) => 'isUsableOnce' in method)),
  };
}

/** Mails that Gatehouse sent whose subject holds the text. */
export function sentAbout(view: SandboxView, text: string): readonly z.infer<typeof message>[] {
  const sender = view.graph.mailboxes.find(({ address }) => address === 'gatehouse@contoso.example');
  return (sender?.messages ?? []).filter(({ folder, subject }) => folder.toLowerCase() === 'sentitems' && subject.includes(text));
}
