import type { World } from '../foundation/world.ts';
import type { StoredResource } from './resource-store.ts';
import { groupSchema } from './scim/group-schema.ts';
import type { Attributes, ResourceSchema } from './scim/schema.ts';
import { userSchema } from './scim/user-schema.ts';

const client = { value: 'gatehouse', display: 'gatehouse', type: 'App' };

/** The schema of a stored resource. */
export function schemaOf(resource: Pick<StoredResource, 'type'>): ResourceSchema {
  return resource.type === 'User' ? userSchema : groupSchema;
}

/** The resource with all that the domain adds: id, OCID, schemas and meta, where `version` is a bare hexadecimal string. Without `groups` and `members`. */
export function representation(world: World, resource: StoredResource): Attributes {
  const schema = schemaOf(resource);
  const extensions = Object.keys(schema.extensions).filter((urn) => resource.attributes[urn] !== undefined);
  return {
    ...resource.attributes,
    id: resource.id,
    ocid: `ocid1.${schema.name.toLowerCase()}.oc1..aaaaaaaa${resource.id}`,
    schemas: [schema.urn, ...extensions],
    meta: {
      resourceType: schema.name,
      created: new Date(resource.created).toISOString(),
      lastModified: new Date(resource.modified).toISOString(),
      location: locationOf(world, resource),
      version: resource.version,
    },
    idcsCreatedBy: client,
    idcsLastModifiedBy: client,
  };
}

/** The address of a resource. */
export function locationOf(world: World, resource: Pick<StoredResource, 'type' | 'id'>): string {
  return `${world.urls.oci}/admin/v1/${resource.type}s/${resource.id}`;
}
