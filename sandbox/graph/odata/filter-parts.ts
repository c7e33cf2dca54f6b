import type { Filter, Literal } from './filter.ts';

/** Names of the entity's own properties that a filter looks at. */
export function filteredProperties(filter: Filter, variables: readonly string[] = []): readonly string[] {
  switch (filter.is) {
    case 'and':
    case 'or':
      return [...filteredProperties(filter.left, variables), ...filteredProperties(filter.right, variables)];
    case 'not':
      return filteredProperties(filter.of, variables);
    case 'any':
      return [
        ...own(filter.path, variables),
        ...(filter.where === undefined ? [] : filteredProperties(filter.where, [...variables, filter.variable])),
      ];
    default:
      return own(filter.path, variables);
  }
}

/** Whether Entra ID answers the filter only as an advanced query, with `ConsistencyLevel: eventual` and `$count=true`: `ne`, `not`, `endsWith`
 * (https://learn.microsoft.com/graph/aad-advanced-queries). */
export function isAdvanced(filter: Filter): boolean {
  switch (filter.is) {
    case 'and':
    case 'or':
      return isAdvanced(filter.left) || isAdvanced(filter.right);
    case 'not':
      return true;
    case 'compare':
      return filter.operator === 'ne';
    case 'text':
      return filter.test === 'endswith';
    case 'any':
      return filter.where !== undefined && isAdvanced(filter.where);
    case 'in':
      return false;
  }
}

/** The `property eq value` tests, and `property/any(x:x eq value)`, that every match must pass: those that stand alone or are joined by `and`. */
export function requiredValues(filter: Filter): readonly { readonly property: string; readonly value: Literal }[] {
  if (filter.is === 'and') return [...requiredValues(filter.left), ...requiredValues(filter.right)];
  if (filter.is === 'any') return requiredItem(filter);
  const [property, ...rest] = filter.is === 'compare' && filter.operator === 'eq' ? filter.path : [];
  return filter.is === 'compare' && property !== undefined && rest.length === 0 ? [{ property, value: filter.value }] : [];
}

/** Texts that every match must contain somewhere: the literals of tests that stand alone or are joined by `and`, inside `any` too. */
export function requiredTexts(filter: Filter): readonly string[] {
  if (filter.is === 'and') return [...requiredTexts(filter.left), ...requiredTexts(filter.right)];
  if (filter.is === 'any') return filter.where === undefined ? [] : requiredTexts(filter.where);
  return filter.is === 'compare' && filter.operator === 'eq' && typeof filter.value === 'string' ? [filter.value] : [];
}

function requiredItem({ path, variable, where }: Extract<Filter, { readonly is: 'any' }>): ReturnType<typeof requiredValues> {
  const [property] = path;
  const isPlain = where?.is === 'compare' && where.operator === 'eq' && where.path.length === 1 && where.path[0] === variable;
  return property !== undefined && isPlain ? [{ property, value: where.value }] : [];
}

function own(path: readonly string[], variables: readonly string[]): readonly string[] {
  const [first] = path;
  return first === undefined || variables.includes(first) ? [] : [first];
}
