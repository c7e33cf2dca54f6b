import { z } from 'zod';
import type { World } from '../foundation/world.ts';
import { getResource, patchResource } from './resource-commands.ts';
import { capabilityNames, userUrn } from './scim/user-schema.ts';
import { badRequest } from './scim/scim-error.ts';
import type { Attributes } from './scim/schema.ts';
import { sendActivationMail } from './user-rules.ts';

// URNs of the changer resources; that of the initiator is named like the others, its endpoint is in Oracle's table of roles.
const changerUrn = {
  status: 'urn:ietf:params:scim:schemas:oracle:idcs:UserStatusChanger',
  capabilities: 'urn:ietf:params:scim:schemas:oracle:idcs:UserCapabilitiesChanger',
  activation: 'urn:ietf:params:scim:schemas:oracle:idcs:UserActivationInitiator',
} as const;

const statusSchema = z.strictObject({ schemas: z.tuple([z.literal(changerUrn.status)]), active: z.boolean() });
const activationSchema = z.looseObject({ schemas: z.tuple([z.literal(changerUrn.activation)]) });
const capabilitiesSchema = z.strictObject({
  schemas: z.tuple([z.literal(changerUrn.capabilities)]),
  ...Object.fromEntries(capabilityNames.map((name) => [name, z.boolean().optional()])),
});

/** `PUT /UserStatusChanger/{id}`: enables or disables the user. Throws a ScimError. */
export function changeUserStatus(world: World, id: string, body: unknown): Attributes {
  const change = statusSchema.safeParse(body);
  if (!change.success)
    throw badRequest('error.sandbox.invalidChanger', `The body must be {"schemas":["${changerUrn.status}"],"active":true or false}.`);
  patchUser(world, id, { path: 'active', value: change.data.active });
  return { id, ...change.data };
}

/** `PUT /UserCapabilitiesChanger/{id}`: switches the capabilities that are named. Throws a ScimError. */
export function changeUserCapabilities(world: World, id: string, body: unknown): Attributes {
  const change = capabilitiesSchema.safeParse(body);
  if (!change.success)
    throw badRequest(
      'error.sandbox.invalidChanger',
      `The body must hold schemas ["${changerUrn.capabilities}"] and canUse… true or false.`,
    );
  const { schemas, ...capabilities } = change.data;
  patchUser(world, id, { path: userUrn.capabilities, value: capabilities });
  return { id, schemas, ...capabilities };
}

/** `PUT /UserActivationInitiator/{id}`: sends the activation mail again, whatever was said when the user was made. Throws a ScimError. */
export function initiateActivation(world: World, id: string, body: unknown): Attributes {
  const change = activationSchema.safeParse(body);
  if (!change.success) throw badRequest('error.sandbox.invalidChanger', `The body must hold schemas ["${changerUrn.activation}"].`);
  const { attributes } = getResource(world, 'User', id);
  if (attributes['active'] !== true) throw badRequest('error.sandbox.inactiveUser', 'An inactive user is sent no activation mail.');
  sendActivationMail(world, id, { emails: attributes['emails'] });
  return { id, schemas: change.data.schemas };
}

function patchUser(world: World, id: string, operation: { readonly path: string; readonly value: unknown }): void {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  patchResource(world, { type: 'User', id, ifMatch: undefined }, { schemas, Operations: [{ op: 'replace', ...operation }] });
}
