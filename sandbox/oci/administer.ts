import type { World } from '../foundation/world.ts';
import { patchResource } from './resource-commands.ts';
import { credentialKinds } from './credential-kinds.ts';
import { createCredential } from './credentials.ts';
import type { Attributes } from './scim/schema.ts';
import { userUrn } from './scim/user-schema.ts';

const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Enables or disables a user, and switches capabilities, as a domain administrator does in the console. Throws a ScimError when there is no such user. */
export function setUserByHand(
  world: World,
  id: string,
  change: { readonly active?: boolean | undefined; readonly capabilities?: Readonly<Record<string, boolean>> | undefined },
): { readonly id: string; readonly active: unknown } {
  const Operations = [
    ...(change.active === undefined ? [] : [{ op: 'replace', path: 'active', value: change.active }]),
    ...(change.capabilities === undefined ? [] : [{ op: 'replace', path: userUrn.capabilities, value: change.capabilities }]),
  ];
  const changed = patchResource(world, { type: 'User', id, ifMatch: undefined }, { schemas: [patchUrn], Operations });
  return { id, active: changed.attributes['active'] };
}

/** Creates a credential for a user, as its owner does in the console. Undefined for a kind that does not exist; throws a ScimError when the user does not, or has too many. */
export function addCredentialByHand(world: World, userId: string, resource: string): Attributes | undefined {
  const kind = credentialKinds.find((one) => one.resource === resource);
  if (kind === undefined) return undefined;
  const given = Object.fromEntries(Object.entries(kind.needs).map(([name, sample]) => [name, sample()]));
  return createCredential(world, kind, { ...given, user: { value: userId }, description: 'made by hand' });
}
