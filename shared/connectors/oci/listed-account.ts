import { z } from 'zod';
import type { FoundAccount } from '../../ports/readers/accounts.ts';
import { credentialKinds } from './credential-kinds.ts';
import { scimSchemas } from './scim-schemas.ts';
import { toFoundAccount, type ScimUser } from './scim-user.ts';

/** What a listing asks for besides the attributes of an account: groups and credentials, which a domain returns only on request. */
export const listedOnRequest: readonly string[] = [
  'groups',
  ...credentialKinds.map(({ listedAs }) => `${scimSchemas.credentials}:${listedAs}`),
];

const references = z
  .array(z.object({ value: z.string() }))
  .nullish()
  .catch(undefined);
const requested = z.object({
  groups: references,
  [scimSchemas.credentials]: z.record(z.string(), references).nullish(),
});

/**
 * An account as a listing shows it: with `memberOf`, ids of its groups, and `credentials`, ids as `CredentialReader` gives them. The latter are a hint: a domain may leave out what the caller may not see.
 */
export function toListedAccount(user: ScimUser): FoundAccount {
  const account = toFoundAccount(user);
  const found = requested.safeParse(user).data;
  const held = found?.[scimSchemas.credentials] ?? {};
  const credentials = credentialKinds.flatMap(({ collection, listedAs }) =>
    (held[listedAs] ?? []).map(({ value }) => `${collection}/${value}`),
  );
  const memberOf = (found?.groups ?? []).map(({ value }) => value);
  return { ...account, attributes: { ...account.attributes, memberOf, credentials } };
}
