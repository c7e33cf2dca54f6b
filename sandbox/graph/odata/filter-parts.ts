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

/** A test `property eq value`, or `property/any(x:x eq value)`. */
export type EqualityTest = { readonly property: string; readonly value: Literal };

/** Equality tests of which every match passes at least one, all of them such as can be looked up; undefined where the filter has none that suffice. */
export function sufficientTests(filter: Filter, canLookUp: (test: EqualityTest) => boolean): readonly EqualityTest[] | undefined {
  switch (filter.is) {
    case 'and':
      return sufficientTests(filter.left, canLookUp) ?? sufficientTests(filter.right, canLookUp);
    case 'or': {
      const [left, right] = [sufficientTests(filter.left, canLookUp), sufficientTests(filter.right, canLookUp)];
      return left === undefined || right === undefined ? undefined : [...left, ...right];
    }
    default: {
      const tests = equalityTests(filter);
      return tests.length > 0 && tests.every(canLookUp) ? tests : undefined;
    }
  }
}

/** Texts that every match must contain somewhere: the literals of tests that stand alone or are joined by `and`, inside `any` too. */
export function requiredTexts(filter: Filter): readonly string[] {
  if (filter.is === 'and') return [...requiredTexts(filter.left), ...requiredTexts(filter.right)];
  if (filter.is === 'any') return filter.where === undefined ? [] : requiredTexts(filter.where);
  return filter.is === 'compare' && filter.operator === 'eq' && typeof filter.value === 'string' ? [filter.value] : [];
}

function equalityTests(filter: Filter): readonly EqualityTest[] {
  if (filter.is === 'any') return itemTests(filter);
  if (filter.is !== 'in' && (filter.is !== 'compare' || filter.operator !== 'eq')) return [];
  const [property, ...rest] = filter.path;
  if (property === undefined || rest.length > 0) return [];
  return (filter.is === 'in' ? filter.values : [filter.value]).map((value) => ({ property, value }));
}

function itemTests({ path, variable, where }: Extract<Filter, { readonly is: 'any' }>): readonly EqualityTest[] {
  const [property] = path;
  const isPlain = where?.is === 'compare' && where.operator === 'eq' && where.path.length === 1 && where.path[0] === variable;
  return property !== undefined && isPlain ? [{ property, value: where.value }] : [];
}

function own(path: readonly string[], variables: readonly string[]): readonly string[] {
  const [first] = path;
  return first === undefined || variables.includes(first) ? [] : [first];
}
