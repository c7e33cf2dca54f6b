import type { Comparison, Filter, Literal } from './filter.ts';

/** Whether an entity satisfies a filter. Text compares without regard to letter case, as Entra ID does; dates by instant;
 * a null property satisfies only `eq null` and `ne` of something else. */
export function satisfies(entity: unknown, filter: Filter): boolean {
  return evaluate(filter, { entity, variables: {} });
}

type Scope = { readonly entity: unknown; readonly variables: Readonly<Record<string, unknown>> };

function evaluate(filter: Filter, scope: Scope): boolean {
  switch (filter.is) {
    case 'and':
      return evaluate(filter.left, scope) && evaluate(filter.right, scope);
    case 'or':
      return evaluate(filter.left, scope) || evaluate(filter.right, scope);
    case 'not':
      return !evaluate(filter.of, scope);
    case 'compare':
      return compare(filter.operator, valueAt(scope, filter.path), filter.value);
    case 'in':
      return filter.values.some((value) => compare('eq', valueAt(scope, filter.path), value));
    case 'text':
      return testText(filter.test, valueAt(scope, filter.path), filter.value);
    case 'any':
      return evaluateAny(filter, scope);
  }
}

function evaluateAny(filter: Extract<Filter, { readonly is: 'any' }>, scope: Scope): boolean {
  const items = valueAt(scope, filter.path);
  if (!Array.isArray(items)) return false;
  const { where, variable } = filter;
  if (where === undefined) return items.length > 0;
  return items.some((item: unknown) => evaluate(where, { ...scope, variables: { ...scope.variables, [variable]: item } }));
}

function valueAt(scope: Scope, path: readonly string[]): unknown {
  const [first = '', ...rest] = path;
  // A cast to a derived type leads nowhere else: the items are of that type.
  if (first.startsWith('microsoft.graph.')) return valueAt(scope, rest);
  if (first in scope.variables) return rest.reduce(propertyOf, scope.variables[first]);
  return path.reduce(propertyOf, scope.entity);
}

function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function compare(operator: Comparison, actual: unknown, wanted: Literal): boolean {
  const [left, right] = comparable(actual ?? null, wanted);
  switch (operator) {
    case 'eq':
      return left === right;
    case 'ne':
      return left !== right;
    default:
      return typeof left === typeof right && left !== null && right !== null && ordered(operator, left, right);
  }
}

type Ordered = string | number | boolean;

function ordered(operator: 'gt' | 'ge' | 'lt' | 'le', left: Ordered, right: Ordered): boolean {
  if (operator === 'gt') return left > right;
  if (operator === 'ge') return left >= right;
  return operator === 'lt' ? left < right : left <= right;
}

const instant = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/;

function comparable(actual: unknown, wanted: Literal): readonly [Ordered | null, Ordered | null] {
  if (typeof actual === 'string' && typeof wanted === 'string') {
    if (instant.test(actual) && instant.test(wanted)) return [Date.parse(actual), Date.parse(wanted)];
    return [actual.toLowerCase(), wanted.toLowerCase()];
  }
  const isScalar = typeof actual === 'string' || typeof actual === 'number' || typeof actual === 'boolean';
  return [isScalar ? actual : null, wanted];
}

function testText(test: 'startswith' | 'endswith' | 'contains', actual: unknown, wanted: string): boolean {
  if (typeof actual !== 'string') return false;
  const [text, part] = [actual.toLowerCase(), wanted.toLowerCase()];
  if (test === 'startswith') return text.startsWith(part);
  return test === 'endswith' ? text.endsWith(part) : text.includes(part);
}
