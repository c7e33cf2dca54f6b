import { z } from 'zod';
import type { Attributes } from '../../domain/change.ts';
import type { FoundAccount } from '../../ports/readers/accounts.ts';

const text = z.string().nullish();

/** The attributes that mappings may use, as Graph's user names them (https://learn.microsoft.com/graph/api/resources/user). */
const mapped = {
  userPrincipalName: text,
  mailNickname: text,
  displayName: text,
  givenName: text,
  surname: text,
  mail: text,
  jobTitle: text,
  department: text,
  companyName: text,
  officeLocation: text,
  city: text,
  country: text,
  usageLocation: text,
  employeeId: text,
  employeeType: text,
  employeeHireDate: text,
  preferredLanguage: text,
  businessPhones: z.array(z.string()).nullish(),
  proxyAddresses: z.array(z.string()).nullish(),
};

/** What we read of a user, with the manager expanded. */
export const graphUser = z.object({
  ...mapped,
  id: z.string().min(1),
  accountEnabled: z.boolean().nullish(),
  onPremisesSyncEnabled: z.boolean().nullish(),
  onPremisesImmutableId: text,
  onPremisesLastSyncDateTime: text,
  assignedLicenses: z.array(z.object({ skuId: z.string() })).nullish(),
  manager: z.object({ id: z.string() }).nullish(),
});

/** The query options that fetch all of `graphUser`. */
export const graphUserOptions = {
  $select: Object.keys(graphUser.shape)
    .filter((name) => name !== 'manager')
    .join(','),
  $expand: 'manager($select=id)',
};

/** A Graph user in the words of the port: absent values are null, the manager is an id; `assignedLicenses` are skuIds, from groups and direct. */
export function toFoundAccount(user: z.infer<typeof graphUser>): FoundAccount {
  const { id, accountEnabled, onPremisesSyncEnabled, onPremisesImmutableId, onPremisesLastSyncDateTime, ...shown } = user;
  const { manager, businessPhones, proxyAddresses, assignedLicenses, ...texts } = shown;
  const attributes: Attributes = {
    ...Object.fromEntries(Object.keys(mapped).map((name) => [name, null])),
    ...Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, value ?? null])),
    businessPhones: businessPhones ?? [],
    proxyAddresses: proxyAddresses ?? [],
    assignedLicenses: (assignedLicenses ?? []).map(({ skuId }) => skuId),
    manager: manager?.id ?? null,
  };
  return {
    id,
    attributes,
    enabled: accountEnabled === true,
    employeeId: texts.employeeId ?? null,
    displayName: texts.displayName ?? null,
    anchor: onPremisesImmutableId ?? null,
    masteredElsewhere: onPremisesSyncEnabled === true,
    syncedAt: onPremisesLastSyncDateTime == null ? null : Date.parse(onPremisesLastSyncDateTime),
  };
}
