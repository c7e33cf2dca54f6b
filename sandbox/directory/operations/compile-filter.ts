import type { Filter } from '../protocol/filter.ts';
import { attributeDefinition, type AttributeDefinition } from '../schema/attributes.ts';
import { foldText } from '../names/fold-text.ts';
import { matchKey, valueFromWire } from '../schema/values.ts';
import type { DirectoryObject } from '../store/directory-object.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { findObject } from '../store/find-object.ts';
import { readValues } from '../store/read-values.ts';

/** Whether an object matches: undefined is the third truth value of RFC 4511 4.5.1.7, which an unknown attribute or a malformed value gives. */
export type Test = (object: DirectoryObject) => boolean | undefined;

/** A filter made ready for many objects. `candidates`, where the indexes can tell, are the only objects that can match. */
export type CompiledFilter = { readonly test: Test; readonly candidates?: readonly number[] };

const never: CompiledFilter = { test: () => undefined, candidates: [] };

/** Prepares a filter: names are looked up and indexes asked once. */
export function compileFilter(store: DirectoryStore, filter: Filter): CompiledFilter {
  switch (filter.type) {
    case 'and':
      return compileAnd(filter.parts.map((part) => compileFilter(store, part)));
    case 'or':
      return compileOr(filter.parts.map((part) => compileFilter(store, part)));
    case 'not': {
      const { test } = compileFilter(store, filter.part);
      return { test: (object) => negated(test(object)) };
    }
    default:
      return compileItem(store, filter);
  }
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function compileAnd(parts: readonly CompiledFilter[]): CompiledFilter {
  const known = parts.flatMap((part) => (part.candidates === undefined ? [] : [part.candidates]));
  const smallest = known.toSorted((a, b) => a.length - b.length)[0];
  const test: Test = (object) => {
    const values = parts.map((part) => part.test(object));
    if (values.includes(false)) return false;
    return values.includes(undefined) ? undefined : true;
  };
  return smallest === undefined ? { test } : { test, candidates: smallest };
}

function compileOr(parts: readonly CompiledFilter[]): CompiledFilter {
  const known = parts.flatMap((part) => (part.candidates === undefined ? [] : [part.candidates]));
  const test: Test = (object) => {
    const values = parts.map((part) => part.test(object));
    if (values.includes(true)) return true;
    return values.includes(undefined) ? undefined : false;
  };
  return known.length === parts.length ? { test, candidates: [...new Set(known.flat())].toSorted((a, b) => a - b) } : { test };
}

type Item = Exclude<Filter, { readonly type: 'and' | 'or' | 'not' }>;

function compileItem(store: DirectoryStore, item: Item): CompiledFilter {
  const definition = attributeDefinition(item.attribute);
  if (definition === undefined) return never;
  const valuesOf = (object: DirectoryObject) => readValues(store, object, definition);
  switch (item.type) {
    case 'present':
      return { test: (object) => valuesOf(object).length > 0 };
    case 'equal':
      return definition.syntax === 'link' ? compileLink(store, definition, item.value, false) : compileEqual(store, definition, item.value);
    case 'substrings':
      return compileSubstrings(definition, item, valuesOf);
    case 'extensible':
      return compileExtensible(store, definition, item, valuesOf);
    default:
      return compileOrder(definition, item, valuesOf);
  }
}

function compileEqual(store: DirectoryStore, definition: AttributeDefinition, bytes: Buffer): CompiledFilter {
  const value = valueFromWire(definition, bytes);
  if (value === undefined) return never;
  const key = matchKey(definition, value);
  const test: Test = (object) => readValues(store, object, definition).some((own) => matchKey(definition, own) === key);
  if (!definition.isIndexed) return { test };
  return { test, candidates: indexed(store, definition, key) };
}

function indexed(store: DirectoryStore, definition: AttributeDefinition, key: string): readonly number[] {
  if (definition.name !== 'objectGUID' && definition.name !== 'distinguishedName')
    return store.objects.idsByKey(definition.name, key, true);
  const found = definition.name === 'objectGUID' ? store.objects.byGuid(key) : store.objects.byPath(key);
  return found === undefined ? [] : [found.id];
}

function compileLink(store: DirectoryStore, definition: AttributeDefinition, value: Buffer, isChain: boolean): CompiledFilter {
  const other = findObject(store, value.toString('utf8'));
  if (other === undefined || other === 'malformed') return never;
  const attribute = definition.backLinkOf ?? definition.name;
  // What links to the named object, seen from its own end, is one look-up.
  const isBack = definition.backLinkOf === undefined;
  const linked = isChain
    ? store.links.closure(attribute, other.id, isBack)
    : new Set((isBack ? store.links.sources : store.links.targets)(attribute, other.id));
  return { test: (object) => linked.has(object.id), candidates: [...linked].toSorted((a, b) => a - b) };
}

type Values = (object: DirectoryObject) => readonly string[];

function compileSubstrings(definition: AttributeDefinition, item: Extract<Item, { type: 'substrings' }>, valuesOf: Values): CompiledFilter {
  if (definition.syntax !== 'text') return never;
  const fold = (part: Buffer | undefined) => (part === undefined ? '' : foldText(part.toString('utf8')));
  const [initial, final, any] = [fold(item.initial), fold(item.final), item.any.map(fold)];
  const matches = (value: string) => {
    if (!value.startsWith(initial)) return false;
    let from = initial.length;
    for (const part of any) {
      const at = value.indexOf(part, from);
      if (at < 0) return false;
      from = at + part.length;
    }
    return value.length - from >= final.length && value.endsWith(final);
  };
  return { test: (object) => valuesOf(object).some((value) => matches(foldText(value))) };
}

function compileOrder(
  definition: AttributeDefinition,
  item: Extract<Item, { type: 'greaterOrEqual' | 'lessOrEqual' }>,
  valuesOf: Values,
): CompiledFilter {
  const bound = valueFromWire(definition, item.value);
  if (bound === undefined) return never;
  const isNumber = definition.syntax === 'integer' || definition.syntax === 'largeInteger';
  const order = (value: string) =>
    isNumber ? compareNumbers(value, bound) : compareTexts(matchKey(definition, value), matchKey(definition, bound));
  return { test: (object) => valuesOf(object).some((value) => (item.type === 'greaterOrEqual' ? order(value) >= 0 : order(value) <= 0)) };
}

function compareNumbers(a: string, b: string): number {
  return Number(BigInt(a) - BigInt(b));
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

// MS-ADTS 3.1.1.3.4.4: bitwise and, bitwise or, and transitive links.
function compileExtensible(
  store: DirectoryStore,
  definition: AttributeDefinition,
  item: Extract<Item, { type: 'extensible' }>,
  valuesOf: Values,
): CompiledFilter {
  if (item.rule === '1.2.840.113556.1.4.1941')
    return definition.syntax === 'link' ? compileLink(store, definition, item.value, true) : never;
  const isAll = item.rule === '1.2.840.113556.1.4.803';
  if (!isAll && item.rule !== '1.2.840.113556.1.4.804') return never;
  const mask = valueFromWire({ ...definition, syntax: 'largeInteger' }, item.value);
  if (mask === undefined || !['integer', 'largeInteger'].includes(definition.syntax)) return never;
  const bits = BigInt(mask);
  const matches = (value: string) => (isAll ? (BigInt(value) & bits) === bits : (BigInt(value) & bits) !== 0n);
  return { test: (object) => valuesOf(object).some(matches) };
}
