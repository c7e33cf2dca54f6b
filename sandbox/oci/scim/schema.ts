/** An attribute as RFC 7643 section 7 describes one, cut to what the sandbox enforces. */
export type AttributeDefinition = {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'integer' | 'complex';
  readonly isMulti: boolean;
  readonly mutability: 'readWrite' | 'readOnly' | 'immutable' | 'writeOnly';
  readonly returned: 'always' | 'default' | 'request' | 'never';
  /** Whether text is compared with regard to case. */
  readonly isCaseExact: boolean;
  readonly sub: readonly AttributeDefinition[];
};

/** The attributes of a resource type: the core schema's, and each extension's under its URN. */
export type ResourceSchema = {
  readonly name: string;
  readonly urn: string;
  readonly attributes: readonly AttributeDefinition[];
  readonly extensions: Readonly<Record<string, readonly AttributeDefinition[]>>;
};

/** A resource's attributes by canonical name; an extension's stand in an object under its URN. */
export type Attributes = Readonly<Record<string, unknown>>;

type Traits = Partial<Omit<AttributeDefinition, 'name' | 'type'>>;

function attribute(name: string, type: AttributeDefinition['type'], traits: Traits): AttributeDefinition {
  return { name, type, isMulti: false, mutability: 'readWrite', returned: 'default', isCaseExact: false, sub: [], ...traits };
}

/** A text attribute: read-write and returned by default unless `traits` say otherwise. */
export function text(name: string, traits: Traits = {}): AttributeDefinition {
  return attribute(name, 'string', traits);
}

/** A boolean attribute. */
export function flag(name: string, traits: Traits = {}): AttributeDefinition {
  return attribute(name, 'boolean', traits);
}

/** A whole-number attribute. */
export function integer(name: string, traits: Traits = {}): AttributeDefinition {
  return attribute(name, 'integer', traits);
}

/** An attribute with sub-attributes. */
export function complex(name: string, sub: readonly AttributeDefinition[], traits: Traits = {}): AttributeDefinition {
  return attribute(name, 'complex', { sub, ...traits });
}

/** A multi-valued attribute with sub-attributes. */
export function list(name: string, sub: readonly AttributeDefinition[], traits: Traits = {}): AttributeDefinition {
  return attribute(name, 'complex', { sub, isMulti: true, ...traits });
}

/** The definition of that name, whatever its case (RFC 7643 section 2.1). */
export function definitionOf(attributes: readonly AttributeDefinition[], name: string): AttributeDefinition | undefined {
  const wanted = name.toLowerCase();
  return attributes.find((candidate) => candidate.name.toLowerCase() === wanted);
}

/** The canonical URN of one of the schema's extensions, whatever its case. */
export function extensionUrn(schema: ResourceSchema, urn: string): string | undefined {
  const wanted = urn.toLowerCase();
  return Object.keys(schema.extensions).find((candidate) => candidate.toLowerCase() === wanted);
}
