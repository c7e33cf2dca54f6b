import { z } from 'zod';
import type { World } from '../foundation/world.ts';
import { getResource } from './resource-commands.ts';
import { newId } from './resource-store.ts';
import type { Attributes } from './scim/schema.ts';
import { badRequest, ScimError } from './scim/scim-error.ts';

/** What a user has beside the password: devices for the second factor, codes that stand in for it, and browsers that stay signed in. */
export type Factor = 'device' | 'bypassCode' | 'trustedUserAgent';

const urn = 'urn:ietf:params:scim:schemas:oracle:idcs:AuthenticationFactorsRemover';
// Whether the remover takes bypass codes along is not documented; here it does not.
const removed: Readonly<Record<string, readonly Factor[]>> = {
  MFA: ['device'],
  KMSI: ['trustedUserAgent'],
  ACCOUNTRECOVERY: [],
  ALL: ['device', 'trustedUserAgent'],
};
const removerSchema = z.object({
  schemas: z.tuple([z.literal(urn)]),
  user: z.object({ value: z.string() }),
  type: z.enum(['MFA', 'ACCOUNTRECOVERY', 'KMSI', 'ALL']),
});

/** `POST /AuthenticationFactorsRemover`: takes the factors of one sort, or all, from a user. Throws a ScimError. */
export function removeFactors(world: World, body: unknown): Attributes {
  const given = removerSchema.safeParse(body);
  if (!given.success)
    throw badRequest(
      'error.sandbox.invalidFactorsRemover',
      `The body must be {"schemas":["${urn}"],"user":{"value":"…"},"type":"MFA", "ACCOUNTRECOVERY", "KMSI" or "ALL"}.`,
    );
  const user = getResource(world, 'User', given.data.user.value);
  const remove = world.database.prepare('DELETE FROM oci_factors WHERE user_id = ? AND kind = ?');
  for (const kind of removed[given.data.type] ?? []) remove.run(user.id, kind);
  return { id: newId(), ...given.data };
}

/** `DELETE /BypassCodes/{id}`. Throws a ScimError with 404 when there is none. */
export function deleteBypassCode(world: World, id: string): void {
  const { changes } = world.database.prepare("DELETE FROM oci_factors WHERE kind = 'bypassCode' AND id = ?").run(id);
  if (changes === 0)
    throw new ScimError({ status: 404, messageId: 'error.common.validation.resourceNotFound', detail: `BypassCode ${id} not found.` });
}

/** Keeps a factor of a user. */
export function saveFactor(
  world: World,
  factor: { readonly id: string; readonly userId: string; readonly kind: Factor; readonly name: string },
): void {
  world.database
    .prepare('INSERT INTO oci_factors (id, user_id, kind, name) VALUES (?, ?, ?, ?)')
    .run(factor.id, factor.userId, factor.kind, factor.name);
}

/** A user's factors as the multi-factor extension shows them on request. */
export function readFactorsOf(world: World, userId: string): Attributes {
  const rows = world.database.prepare('SELECT * FROM oci_factors WHERE user_id = ? ORDER BY sequence').all(userId);
  const of = (kind: Factor, collection: string) =>
    rows
      .filter((row) => row['kind'] === kind)
      .map(({ id, name }) => ({ value: id, display: name, $ref: `${world.urls.oci}/admin/v1/${collection}/${String(id)}` }));
  const devices = of('device', 'Devices');
  return {
    mfaStatus: devices.length === 0 ? 'UN_ENROLLED' : 'ENROLLED',
    devices,
    bypassCodes: of('bypassCode', 'BypassCodes'),
    trustedUserAgents: of('trustedUserAgent', 'TrustedUserAgents'),
  };
}
