import { acceptValue } from './accept-value.ts';
import { definitionOf, extensionUrn, type AttributeDefinition, type Attributes, type ResourceSchema } from './schema.ts';
import { badRequest } from './scim-error.ts';

/** Whether the body creates a resource or replaces one. */
export type AcceptMode = 'create' | 'replace';

// What a client naturally sends back of what it read.
const sentBack = new Set(['id', 'meta', 'schemas']);

/** The attributes of a POST or PUT body under their canonical names; null means absent. A POST silently ignores read-only attributes, a PUT is refused for them and for
 * immutable ones (oci-identitydomains, SCIM++ mutability). Throws a ScimError for attributes that the schema does not have and for values of the wrong type. */
export function acceptResource(schema: ResourceSchema, body: unknown, mode: AcceptMode): Attributes {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badRequest('error.sandbox.invalidSyntax', 'The body must be a JSON object.', 'invalidSyntax');
  const accepted: Record<string, unknown> = {};
  requireSchema(schema, body);
  for (const [name, value] of Object.entries(body)) {
    const urn = extensionUrn(schema, name);
    if (urn !== undefined) accepted[urn] = acceptExtension(schema, urn, { value, mode });
    else accept(accepted, findDefinition(schema.attributes, name, schema.name), { value, mode });
  }
  return accepted;
}

// RFC 7643 section 3: a resource names its schemas.
function requireSchema(schema: ResourceSchema, body: object): void {
  const named = 'schemas' in body && Array.isArray(body.schemas) ? body.schemas : [];
  if (!named.includes(schema.urn)) {
    throw badRequest(
      'error.common.validation.missingReqAttributes',
      `Missing required attribute(s): schemas with ${schema.urn}.`,
      'invalidSyntax',
    );
  }
}

function acceptExtension(schema: ResourceSchema, urn: string, given: { readonly value: unknown; readonly mode: AcceptMode }): Attributes {
  const accepted: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given.value ?? {})) {
    accept(accepted, findDefinition(schema.extensions[urn] ?? [], name, urn), { value, mode: given.mode });
  }
  return accepted;
}

function accept(
  into: Record<string, unknown>,
  definition: AttributeDefinition,
  given: { readonly value: unknown; readonly mode: AcceptMode },
): void {
  if (given.value === null || sentBack.has(definition.name)) return;
  const isFixed = definition.mutability === 'readOnly' || (definition.mutability === 'immutable' && given.mode === 'replace');
  if (isFixed && given.mode === 'replace') throw notMutable(definition);
  if (!isFixed) into[definition.name] = acceptValue(definition, given.value);
}

/** The refusal to change a read-only attribute, or an immutable one again. */
export function notMutable(definition: AttributeDefinition): Error {
  return badRequest(
    'error.sandbox.attributeNotMutable',
    `${definition.name} is ${definition.mutability} and cannot be changed.`,
    'mutability',
  );
}

function findDefinition(attributes: readonly AttributeDefinition[], name: string, owner: string): AttributeDefinition {
  const definition = definitionOf(attributes, name);
  if (definition === undefined) throw badRequest('error.sandbox.unknownAttribute', `${owner} has no attribute ${name}.`, 'invalidSyntax');
  return definition;
}
