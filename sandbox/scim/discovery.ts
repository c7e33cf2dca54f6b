import type { AttributeDefinition, Attributes, ResourceSchema } from '../oci/scim/schema.ts';
import { appGroup, appUser, enterpriseUrn } from './app-schemas.ts';

/** What the application can do, and so what it says of itself. */
export type Abilities = {
  /** False: PATCH answers 501, and resources are replaced by PUT. */
  readonly patch: boolean;
  readonly filter: boolean;
  /** True: a change has to name the version that it is a change of. */
  readonly etag: boolean;
  /** More calls within a second are answered with 429. */
  readonly callsPerSecond: number;
  /** The most resources on a page. */
  readonly maxResults: number;
};

/** The answer of `/ServiceProviderConfig` (RFC 7643 section 5). */
export function serviceProviderConfig({ patch, filter, etag, maxResults }: Abilities): Attributes {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: patch },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: filter, maxResults },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: etag },
    authenticationSchemes: [{ type: 'oauthbearertoken', name: 'Bearer', description: 'A token of the application.' }],
  };
}

/** The answer of `/ResourceTypes` (RFC 7643 section 6). */
export function resourceTypes(): Attributes {
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'];
  return listOf([
    {
      schemas,
      id: 'User',
      name: 'User',
      endpoint: '/Users',
      schema: appUser.urn,
      schemaExtensions: [{ schema: enterpriseUrn, required: false }],
    },
    { schemas, id: 'Group', name: 'Group', endpoint: '/Groups', schema: appGroup.urn },
  ]);
}

/** The answer of `/Schemas` (RFC 7643 section 7). */
export function schemaDescriptions(): Attributes {
  return listOf([appUser, appGroup].flatMap(described));
}

function described(schema: ResourceSchema): readonly Attributes[] {
  const core = { id: schema.urn, name: schema.name, attributes: schema.attributes.map(attribute) };
  return [core, ...Object.entries(schema.extensions).map(([id, attributes]) => ({ id, name: id, attributes: attributes.map(attribute) }))];
}

function attribute({ name, type, isMulti, mutability, returned, isCaseExact, sub }: AttributeDefinition): Attributes {
  const parts = sub.length === 0 ? {} : { subAttributes: sub.map(attribute) };
  return { name, type, multiValued: isMulti, mutability, returned, caseExact: isCaseExact, required: name === 'userName', ...parts };
}

function listOf(resources: readonly Attributes[]): Attributes {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: resources.length,
    startIndex: 1,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}
