import { z } from 'zod';
import type { World } from '../../test/support/campaign-world.ts';

const text = z.string().nullish();
const graphState = z.object({
  users: z.array(
    z.object({
      id: z.string(),
      deleted: z.boolean(),
      accountEnabled: z.boolean().nullish(),
      displayName: text,
      userPrincipalName: z.string(),
      mail: text,
      employeeId: text,
      department: text,
      jobTitle: text,
      assignedLicenses: z.array(z.object({ skuId: z.string() })),
      groups: z.array(z.string()),
      roles: z.array(z.string()),
      appRoles: z.array(z.unknown()),
      manager: text,
      methods: z.array(z.object({ '@odata.type': z.string(), isUsable: z.boolean().nullish() })),
    }),
  ),
  groups: z.array(z.object({ id: z.string(), displayName: z.string(), membershipRule: text })),
  subscribedSkus: z.array(z.object({ skuId: z.string(), skuPartNumber: z.string() })),
});
const directoryState = z.object({
  objects: z.array(
    z.object({
      dn: z.string(),
      objectGUID: text,
      employeeID: text,
      displayName: text,
      sAMAccountName: text,
      userPrincipalName: text,
      department: text,
      title: text,
      userAccountControl: text,
      manager: text,
      memberOf: z.array(z.string()).nullish(),
    }),
  ),
});
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const ociState = z.object({
  users: z.array(
    z.looseObject({
      id: z.string(),
      userName: z.string(),
      displayName: text,
      title: text,
      active: z.boolean(),
      groups: z.array(z.object({ display: z.string() })).default([]),
      credentials: z.unknown(),
      [enterprise]: z.object({ employeeNumber: text, department: text, manager: z.object({ value: z.string() }).nullish() }).nullish(),
    }),
  ),
});

/** An account as its system holds it. `access` is named as in access-rules.ts; what fills itself by a rule is left out. `keys` are other ways in. */
export type Account = {
  readonly system: 'ad' | 'entra' | 'oci';
  readonly id: string;
  readonly employeeId: string;
  readonly isEnabled: boolean;
  readonly access: ReadonlySet<string>;
  readonly manager: string | undefined;
  readonly displayName: string;
  readonly department: string;
  readonly jobTitle: string;
  /** Where it is in the directory; elsewhere empty. */
  readonly unit: string;
  /** Names that nobody else may bear, with what they are. */
  readonly names: readonly string[];
  readonly livePasses: number;
  readonly keys: readonly string[];
  readonly isPrivileged: boolean;
};

const disabledFlag = 2;
const passType = '#microsoft.graph.temporaryAccessPassAuthenticationMethod';

/** Every account there is, deleted ones aside, by what the simulated systems say themselves. */
export async function readAccounts(world: World): Promise<readonly Account[]> {
  const [graph, directory, oci] = await Promise.all(['graph', 'directory', 'oci'].map((system) => world.get(`/state/${system}`)));
  return [...adAccounts(directoryState.parse(directory)), ...entraAccounts(graphState.parse(graph)), ...ociAccounts(ociState.parse(oci))];
}

function adAccounts({ objects }: z.infer<typeof directoryState>): readonly Account[] {
  const idOf = new Map(objects.map(({ dn, objectGUID }) => [dn, objectGUID ?? dn]));
  return objects.flatMap((one) => {
    if (one.sAMAccountName == null || one.employeeID == null) return [];
    const groups = (one.memberOf ?? []).map((dn) => `ad ${/^CN=([^,]+)/.exec(dn)?.[1] ?? dn}`);
    return {
      ...shared(one),
      system: 'ad',
      id: one.objectGUID ?? one.dn,
      employeeId: one.employeeID,
      isEnabled: (Number(one.userAccountControl) & disabledFlag) === 0,
      access: new Set(groups),
      manager: one.manager == null ? undefined : idOf.get(one.manager),
      jobTitle: one.title ?? '',
      unit: one.dn.slice(one.dn.search(/(?<!\\),/) + 1),
      names: [`sAMAccountName ${one.sAMAccountName}`, `AD sign-in name ${one.userPrincipalName ?? ''}`],
      livePasses: 0,
      keys: [],
      isPrivileged: groups.includes('ad GG-Admins'),
    } as const;
  });
}

function entraAccounts({ users, groups, subscribedSkus }: z.infer<typeof graphState>): readonly Account[] {
  const nameOf = new Map(groups.filter(({ membershipRule }) => membershipRule == null).map(({ id, displayName }) => [id, displayName]));
  const skuOf = new Map(subscribedSkus.map(({ skuId, skuPartNumber }) => [skuId, skuPartNumber]));
  return users.flatMap((one) => {
    if (one.deleted || one.employeeId == null) return [];
    const member = one.groups.flatMap((id) => nameOf.get(id) ?? []);
    const licences = one.assignedLicenses.map(({ skuId }) => `licence ${skuOf.get(skuId) ?? skuId}`);
    return {
      ...shared(one),
      system: 'entra',
      id: one.id,
      employeeId: one.employeeId,
      isEnabled: one.accountEnabled === true,
      access: new Set([...member.map((name) => `entra ${name}`), ...licences]),
      manager: one.manager ?? undefined,
      jobTitle: one.jobTitle ?? '',
      unit: '',
      names: [`Entra sign-in name ${one.userPrincipalName}`, ...(one.mail == null ? [] : [`address ${one.mail}`])],
      livePasses: one.methods.filter((method) => method['@odata.type'] === passType && method.isUsable === true).length,
      keys: one.appRoles.map(() => 'application role'),
      isPrivileged: one.roles.length > 0 || member.includes('Privileged Operators'),
    } as const;
  });
}

function ociAccounts({ users }: z.infer<typeof ociState>): readonly Account[] {
  return users.flatMap((one) => {
    const { employeeNumber, department, manager } = one[enterprise] ?? {};
    if (employeeNumber == null) return [];
    const groups = one.groups.map(({ display }) => `oci ${display}`);
    return {
      ...shared({ displayName: one.displayName, department }),
      system: 'oci',
      id: one.id,
      employeeId: employeeNumber,
      isEnabled: one.active,
      access: new Set(groups),
      manager: manager?.value,
      jobTitle: one.title ?? '',
      unit: '',
      names: [`OCI user name ${one.userName}`],
      livePasses: 0,
      keys: listed(one.credentials),
      isPrivileged: groups.includes('oci OCI Auditors'),
    } as const;
  });
}

function shared({
  displayName,
  department,
}: {
  readonly displayName?: string | null | undefined;
  readonly department?: string | null | undefined;
}) {
  return { displayName: displayName ?? '', department: department ?? '' };
}

/** Credentials by their kind, however many lists they are in. */
function listed(credentials: unknown): readonly string[] {
  if (Array.isArray(credentials)) return credentials.map(() => 'credential');
  if (typeof credentials !== 'object' || credentials === null) return [];
  return Object.entries(credentials).flatMap(([kind, list]: [string, unknown]) => (Array.isArray(list) ? list.map(() => kind) : []));
}
