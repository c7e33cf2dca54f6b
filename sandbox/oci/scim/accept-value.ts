import { definitionOf, type AttributeDefinition, type Attributes } from './schema.ts';
import { badRequest, type ScimError } from './scim-error.ts';

/** Oracle's limit for the `value` of a reference: its answer when an OCID is sent instead of the id. */
const maxReferenceLength = 40;

/** The value with canonical names and read-only sub-attributes left out. Throws a ScimError when it does not have the attribute's type. */
export function acceptValue(definition: AttributeDefinition, value: unknown): unknown {
  if (!definition.isMulti) return acceptSingle(definition, value);
  if (!Array.isArray(value)) throw wrongType(definition, 'a list');
  return value.map((item) => acceptSingle(definition, item));
}

/** One value of a multi-valued attribute, or the value of a single-valued one. */
export function acceptSingle(definition: AttributeDefinition, value: unknown): unknown {
  switch (definition.type) {
    case 'string':
      if (typeof value !== 'string') throw wrongType(definition, 'text');
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(definition, 'true or false');
      return value;
    case 'integer':
      if (!Number.isInteger(value)) throw wrongType(definition, 'a whole number');
      return value;
    case 'complex':
      return acceptComplex(definition, value);
  }
}

function acceptComplex(definition: AttributeDefinition, value: unknown): Attributes {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType(definition, 'an object');
  const accepted: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    const sub = definitionOf(definition.sub, name);
    if (sub === undefined)
      throw badRequest('error.sandbox.unknownAttribute', `${definition.name} has no sub-attribute ${name}.`, 'invalidSyntax');
    if (sub.mutability !== 'readOnly' && item !== null) accepted[sub.name] = acceptValue(sub, item);
  }
  checkReference(definition, accepted['value']);
  return accepted;
}

// Confirmed by others against a real domain: https://github.com/oracle/oci-python-sdk/issues/714
function checkReference(definition: AttributeDefinition, value: unknown): void {
  const isReference = definition.name === 'members' || definition.name === 'manager';
  if (!isReference || typeof value !== 'string' || value.length <= maxReferenceLength) return;
  throw badRequest(
    'error.common.validation.stringExceedsMaxLimit',
    `${definition.name}.value exceeds the limit of ${maxReferenceLength} characters: it is the SCIM id, not the OCID.`,
  );
}

function wrongType(definition: AttributeDefinition, wanted: string): ScimError {
  return badRequest('error.sandbox.invalidType', `${definition.name} must be ${wanted}.`, 'invalidValue');
}
