import { resolvePath } from './attribute-path.ts';
import type { Comparison, Filter, FilterValue } from './filter.ts';
import { complex, definitionOf, type AttributeDefinition, type Attributes, type ResourceSchema } from './schema.ts';
import { badRequest } from './scim-error.ts';

/** Whether a resource matches the filter. Throws a ScimError for attributes that the schema does not have. */
export function matchesFilter(schema: ResourceSchema, resource: Attributes, filter: Filter): boolean {
  return evaluate(filter, (path) => {
    const { extension, attribute, sub } = resolvePath(schema, path);
    const place = extension === undefined ? resource : objectOf(resource[extension]);
    if (attribute === undefined) return { values: [place], definition: complex('extension', schema.extensions[extension ?? ''] ?? []) };
    return step(place, attribute, sub);
  });
}

/** Whether one value of a multi-valued attribute matches a value filter such as `type eq "work"`. */
export function matchesValue(attribute: AttributeDefinition, value: unknown, filter: Filter): boolean {
  return evaluate(filter, (path) => {
    const sub = definitionOf(attribute.sub, path);
    if (sub === undefined)
      throw badRequest('error.sandbox.invalidFilter', `${attribute.name} has no sub-attribute ${path}.`, 'invalidFilter');
    return step(objectOf(value), sub, undefined);
  });
}

type Found = { readonly values: readonly unknown[]; readonly definition: AttributeDefinition };
type Look = (path: string) => Found;

function evaluate(filter: Filter, look: Look): boolean {
  switch (filter.is) {
    case 'and':
      return evaluate(filter.left, look) && evaluate(filter.right, look);
    case 'or':
      return evaluate(filter.left, look) || evaluate(filter.right, look);
    case 'not':
      return !evaluate(filter.filter, look);
    case 'present':
      return look(filter.path).values.some((value) => value !== null && value !== undefined && value !== '');
    case 'where': {
      const { values, definition } = look(filter.path);
      return values.some((value) => matchesValue(definition, value, filter.filter));
    }
    case 'compare': {
      const { values, definition } = look(filter.path);
      if (filter.operator === 'ne') return !values.some((value) => compare('eq', value, filter.value, definition));
      return values.some((value) => compare(filter.operator, value, filter.value, definition));
    }
  }
}

function step(place: Attributes, attribute: AttributeDefinition, sub: AttributeDefinition | undefined): Found {
  const held = place[attribute.name];
  const values = Array.isArray(held) ? held : held === undefined ? [] : [held];
  if (sub === undefined) return { values, definition: attribute };
  return { values: values.map((value) => objectOf(value)[sub.name]).filter((value) => value !== undefined), definition: sub };
}

// A complex attribute named alone is compared by its `value`.
function compare(operator: Comparison, held: unknown, wanted: FilterValue, definition: AttributeDefinition): boolean {
  const value = typeof held === 'object' && held !== null ? objectOf(held)['value'] : held;
  if (typeof value === 'string' && typeof wanted === 'string')
    return compareText(operator, fold(value, definition), fold(wanted, definition));
  if (typeof value === 'number' && typeof wanted === 'number') return ordered(operator, value - wanted);
  return operator === 'eq' && value === wanted;
}

function compareText(operator: Comparison, value: string, wanted: string): boolean {
  if (operator === 'co') return value.includes(wanted);
  if (operator === 'sw') return value.startsWith(wanted);
  if (operator === 'ew') return value.endsWith(wanted);
  return ordered(operator, value < wanted ? -1 : value > wanted ? 1 : 0);
}

function ordered(operator: Comparison, difference: number): boolean {
  const holds: Partial<Record<Comparison, boolean>> = {
    eq: difference === 0,
    gt: difference > 0,
    ge: difference >= 0,
    lt: difference < 0,
    le: difference <= 0,
  };
  return holds[operator] ?? false;
}

function fold(text: string, definition: AttributeDefinition): string {
  return definition.isCaseExact ? text : text.toLowerCase();
}

function objectOf(value: unknown): Attributes {
  return typeof value === 'object' && value !== null ? (value as Attributes) : {};
}
