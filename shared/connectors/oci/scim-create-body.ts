import type { Attributes, Value } from '../../domain/change.ts';
import { scimAttributes } from './scim-attributes.ts';
import { scimSchemas } from './scim-schemas.ts';

type Json = { [name: string]: unknown };

/** The body of a new SCIM user. Attributes that are null are left out; one that is not in `scimAttributes` is a core attribute of that name. */
export function scimCreateBody(after: Attributes): Json {
  const body: Json = { active: after['enabled'] === true };
  const extensions = new Set<string>();
  for (const [name, value] of Object.entries(after)) {
    if (name === 'enabled' || value === null) continue;
    const place = scimAttributes[name] ?? { is: 'path' as const, path: [name] };
    if (place.is === 'list') putInList(body, place.list, place.sub, scimValue(value));
    else {
      if (place.extension !== undefined) extensions.add(place.extension);
      put(place.extension === undefined ? body : child(body, place.extension), place.path, scimValue(value));
    }
  }
  return { schemas: [scimSchemas.user, ...extensions], ...body };
}

/** A value as SCIM takes it: a resolved reference is its id. */
export function scimValue(value: Value): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
}

function put(into: Json, path: readonly string[], value: unknown): void {
  const [first, ...rest] = path;
  if (first === undefined) return;
  if (rest.length === 0) into[first] = value;
  else put(child(into, first), rest, value);
}

function child(of: Json, name: string): Json {
  const there = of[name];
  if (isJson(there)) return there;
  const made: Json = {};
  of[name] = made;
  return made;
}

function putInList(body: Json, list: string, sub: string, value: unknown): void {
  const [there] = Array.isArray(body[list]) ? body[list] : [];
  // A user needs a primary email (oci-identitydomains, User.emails).
  const work: Json = isJson(there) ? there : { type: 'work', ...(list === 'emails' ? { primary: true } : {}) };
  work[sub] = value;
  body[list] = [work];
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
