import type { Value } from '../../domain/change.ts';
import { isJson, keyOf, propertyOf, type Json } from './json.ts';
import type { ScimPlace } from './scim-place.ts';

/** The value at a place of a resource; null where there is none. A list without a selection gives its values. */
export function valueAt(resource: Json, place: ScimPlace): Value {
  const held = propertyOf(place.extension === undefined ? resource : propertyOf(resource, place.extension), place.attribute);
  const chosen = place.select === undefined ? held : selected(held, place.select);
  const value = place.sub === undefined ? chosen : propertyOf(chosen, place.sub);
  if (Array.isArray(value)) return value.map((item) => textOf(isJson(item) ? propertyOf(item, 'value') : item));
  const found = isJson(value) ? propertyOf(value, 'value') : value;
  return typeof found === 'string' || typeof found === 'boolean' || typeof found === 'number' ? found : null;
}

/**
 * Whether there is what the sub-attribute of a place is part of: the value of a list that the place selects, or the complex attribute. A PATCH path whose selection matches none is refused (RFC 7644 section
 * 3.5.2.3), and by some servers also one into a complex attribute that is not there.
 */
export function hasHolder(resource: Json, { extension, attribute, select }: ScimPlace): boolean {
  const held = propertyOf(extension === undefined ? resource : propertyOf(resource, extension), attribute);
  return (select === undefined ? held : selected(held, select)) !== undefined;
}

/** Puts a value at a place of a resource, making what is missing on the way; null takes it away. */
export function putAt(resource: Json, place: ScimPlace, value: unknown): void {
  const holder = place.extension === undefined ? resource : childOf(resource, place.extension);
  if (place.select !== undefined) return putSelected(holder, place, value);
  if (place.sub === undefined) return put(holder, place.attribute, value);
  // The manager is one complex attribute: without its `value` the rest means nothing.
  if (value === null && place.sub === 'value') return put(holder, place.attribute, null);
  put(childOf(holder, place.attribute), place.sub, value);
}

/** A value of a change as SCIM takes it: a resolved reference is its id. */
export function plainValue(value: Value): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
}

function putSelected(holder: Json, { attribute, select, sub }: ScimPlace, value: unknown): void {
  if (select === undefined) return;
  const key = keyOf(holder, attribute) ?? attribute;
  const held = Array.isArray(holder[key]) ? [...holder[key]] : [];
  const at = held.findIndex((item) => propertyOf(item, select.name) === select.value);
  const there: unknown = held[at];
  const item: Json = isJson(there) ? { ...there } : { [select.name]: select.value, ...(held.length === 0 ? { primary: true } : {}) };
  put(item, sub ?? 'value', value);
  const isEmpty = Object.keys(item).every((name) => name === select.name || name === 'primary');
  const others = held.filter((_, index) => index !== at);
  holder[key] = isEmpty ? others : at < 0 ? [...held, item] : held.with(at, item);
}

function put(into: Json, name: string, value: unknown): void {
  const key = keyOf(into, name) ?? name;
  if (value === null) delete into[key];
  else into[key] = value;
}

function childOf(of: Json, name: string): Json {
  const key = keyOf(of, name) ?? name;
  const there = of[key];
  const made: Json = isJson(there) ? there : {};
  of[key] = made;
  return made;
}

function selected(held: unknown, select: NonNullable<ScimPlace['select']>): unknown {
  return Array.isArray(held) ? held.find((item) => propertyOf(item, select.name) === select.value) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
