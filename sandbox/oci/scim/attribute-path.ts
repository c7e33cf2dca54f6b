import { parseFilter, type Filter } from './filter.ts';
import { definitionOf, extensionUrn, type AttributeDefinition, type ResourceSchema } from './schema.ts';
import { badRequest } from './scim-error.ts';

/** Where a path points: into the core or an extension, at an attribute (or the whole extension), of its values those that match, and there a sub-attribute. */
export type AttributePath = {
  readonly extension: string | undefined;
  readonly attribute: AttributeDefinition | undefined;
  readonly filter: Filter | undefined;
  readonly sub: AttributeDefinition | undefined;
};

/** Resolves a path of RFC 7644 figure 7 against the schema, whatever its case. Throws a ScimError with scimType invalidPath for what the schema does not have. */
export function resolvePath(schema: ResourceSchema, path: string): AttributePath {
  const { extension, rest } = splitUrn(schema, path);
  if (rest === '') return { extension, attribute: undefined, filter: undefined, sub: undefined };
  const parts = /^([^.[\]]+)(?:\[(.*)\])?(?:\.([^.[\]]+))?$/s.exec(rest);
  const [, name, filterText, subName] = parts ?? [];
  const attributes = extension === undefined ? schema.attributes : (schema.extensions[extension] ?? []);
  const attribute = name === undefined ? undefined : definitionOf(attributes, name);
  if (attribute === undefined) throw unknownPath(schema, path);
  const sub = subName === undefined ? undefined : definitionOf(attribute.sub, subName);
  if (subName !== undefined && sub === undefined) throw unknownPath(schema, path);
  return { extension, attribute, filter: filterText === undefined ? undefined : parseFilter(filterText), sub };
}

function splitUrn(schema: ResourceSchema, path: string): { readonly extension: string | undefined; readonly rest: string } {
  if (!path.toLowerCase().startsWith('urn:')) return { extension: undefined, rest: path };
  if (path.toLowerCase().startsWith(`${schema.urn.toLowerCase()}:`))
    return { extension: undefined, rest: path.slice(schema.urn.length + 1) };
  const whole = extensionUrn(schema, path);
  if (whole !== undefined) return { extension: whole, rest: '' };
  const urn = Object.keys(schema.extensions).find((candidate) => path.toLowerCase().startsWith(`${candidate.toLowerCase()}:`));
  if (urn === undefined) throw unknownPath(schema, path);
  return { extension: urn, rest: path.slice(urn.length + 1) };
}

function unknownPath(schema: ResourceSchema, path: string): Error {
  return badRequest('error.sandbox.invalidPath', `${schema.name} has no attribute ${path}.`, 'invalidPath');
}
