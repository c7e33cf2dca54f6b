import { contractDocument } from '../contract/contract-document.ts';
import { badRequest, GraphFailure } from '../http/graph-failure.ts';
import type { GraphCall } from '../http/graph-call.ts';
import { propertiesOf } from './entity-properties.ts';
import { FilterSyntaxError, type Filter } from './filter.ts';
import { filteredProperties, isAdvanced } from './filter-parts.ts';
import { parseFilter } from './parse-filter.ts';

/** `$expand` of one navigation property, with the `$select` and `$filter` inside its parentheses. */
export type Expansion = { readonly property: string; readonly select: readonly string[] | undefined; readonly filter: Filter | undefined };

/** `$select` and `$expand`. */
export type Shape = { readonly select: readonly string[] | undefined; readonly expand: readonly Expansion[] };

/** Reads `$select` and `$expand`. Throws 400 `BadRequest` for a property that the entity type does not have. */
export function shapeOf(call: GraphCall): Shape {
  const select = listOf(call.query.get('$select'));
  const expand = splitTop(call.query.get('$expand') ?? '').map(expansionOf);
  for (const name of select ?? []) requireProperty(call.entityType, name.split('/')[0] ?? name);
  for (const { property } of expand) requireProperty(call.entityType, property);
  return { select, expand };
}

/** Reads `$filter`. Throws 400 for bad syntax, unknown properties, and, where `advancedRules` hold (directory objects, not mail),
 * for an advanced filter without `ConsistencyLevel: eventual` and `$count=true`. */
export function filterOf(call: GraphCall, advancedRules: boolean): Filter | undefined {
  const text = call.query.get('$filter');
  if (text === null) return undefined;
  const filter = parsed(text);
  for (const name of filteredProperties(filter)) {
    if (!isKnown(call.entityType, name))
      throw new GraphFailure(
        400,
        'BadRequest',
        `Invalid filter clause: Could not find a property named '${name}' on type '${call.entityType ?? ''}'.`,
      );
  }
  if (advancedRules && isAdvanced(filter) && !isAdvancedQuery(call)) {
    throw new GraphFailure(
      400,
      'Request_UnsupportedQuery',
      'Operator is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information',
    );
  }
  return filter;
}

/** Whether the call carries `ConsistencyLevel: eventual` and `$count=true`. */
export function isAdvancedQuery(call: GraphCall): boolean {
  return isEventual(call) && call.query.get('$count') === 'true';
}

/** Whether the call carries `ConsistencyLevel: eventual`. Without it `$count` is ignored in silence. */
export function isEventual(call: GraphCall): boolean {
  return call.headers.get('ConsistencyLevel')?.toLowerCase() === 'eventual';
}

/** `$top`, or `standard`; refused above `most`. */
export function pageSize(call: GraphCall, standard: number, most: number): number {
  const top = call.query.get('$top');
  if (top === null) return standard;
  const size = Number(top);
  if (size < 1 || size > most) throw badRequest(`Invalid page size specified: '${top}'. Must be between 1 and ${most} inclusive.`);
  return size;
}

function parsed(text: string): Filter {
  try {
    return parseFilter(text);
  } catch (error) {
    if (error instanceof FilterSyntaxError) throw new GraphFailure(400, 'BadRequest', error.message);
    throw error;
  }
}

function expansionOf(text: string): Expansion {
  const [, property = text, inner = ''] = /^([^(]+)\((.*)\)$/s.exec(text) ?? [];
  const options = new Map(
    splitTop(inner, ';').map((option) => [option.slice(0, option.indexOf('=')), option.slice(option.indexOf('=') + 1)]),
  );
  const filter = options.get('$filter');
  return {
    property: property.trim(),
    select: listOf(options.get('$select') ?? null),
    filter: filter === undefined ? undefined : parsed(filter),
  };
}

// Splits at a separator outside parentheses and quotes.
function splitTop(text: string, separator: ',' | ';' = ','): readonly string[] {
  const parts = text.match(separator === ',' ? /(?:\((?:[^()']|'[^']*'|\([^()]*\))*\)|[^,()])+/g : /(?:'[^']*'|[^;'])+/g);
  return (parts ?? []).map((part) => part.trim()).filter((part) => part !== '');
}

function listOf(text: string | null): readonly string[] | undefined {
  const names = (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.length === 0 ? undefined : names;
}

function requireProperty(entityType: string | undefined, name: string): void {
  if (isKnown(entityType, name)) return;
  throw new GraphFailure(
    400,
    'BadRequest',
    `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type '${entityType ?? ''}'.`,
  );
}

function isKnown(entityType: string | undefined, name: string): boolean {
  if (entityType === undefined || propertiesOf(entityType).has(name)) return true;
  // A cast to a type that derives from it.
  return (contractDocument().components.schemas[entityType]?.['x-baseOf'] ?? []).includes(name);
}
