/** A setting of a neighbour of the product: of the embedded host, the sandbox, the command line. */
export type OtherSetting = { readonly names: readonly string[]; readonly says: string; readonly otherwise: string };

/** What the neighbours read. Their own code checks it; it stands here so that every setting is on one page, and no name of theirs is taken for a slip. */
export const otherSettings: readonly OtherSetting[] = [
  {
    names: ['PORT'],
    says: "the host's port; for the command line, where to ask while `GATEHOUSE_PUBLIC_URL` is absent",
    otherwise: '`7071`',
  },
  {
    names: ['GATEHOUSE_HOST_SYNC'],
    says: "what the host's files survive: `normal` the end of the process, `full` a loss of power too ([host.md](host.md))",
    otherwise: '`normal`',
  },
  {
    names: ['WEBSITE_TIME_ZONE'],
    says: 'the zone of timer schedules in the host; our own are in UTC, and Flex Consumption does not know it',
    otherwise: 'UTC',
  },
  { names: ['GATEHOUSE_SANDBOX_PORT'], says: "the sandbox's control port", otherwise: '`7072`' },
  { names: ['GATEHOUSE_SANDBOX_DIR'], says: "the sandbox's data folder", otherwise: '`.gatehouse-sandbox`' },
  {
    names: ['GATEHOUSE_SANDBOX_PEOPLE', 'GATEHOUSE_SANDBOX_LEFT'],
    says: 'how many people a new sandbox has, and how many more who left with their accounts open',
    otherwise: '`60`, `0`',
  },
  {
    names: ['GATEHOUSE_SCIM_URL'],
    says: "where the sandbox's application that speaks SCIM listens",
    otherwise: '`http://127.0.0.1:7076/scim/v2`',
  },
  {
    names: ['GATEHOUSE_AD_SECOND_PORT'],
    says: "LDAPS port of the sandbox's second domain controller",
    otherwise: 'the second address in `GATEHOUSE_AD_URL`',
  },
  { names: ['GATEHOUSE_TOKEN'], says: 'a token for the command line', otherwise: 'the file `token` in the data folder' },
];
