import { hasHolder, putAt } from './place-value.ts';
import type { Json } from './json.ts';
import type { Resource } from './list-resources.ts';
import type { ScimProfile } from './scim-profile.ts';
import { scimPath } from './scim-place.ts';
import { scimUrns } from './scim-urns.ts';
import type { Edit } from './user-edits.ts';

/** One operation of a PATCH (RFC 7644 section 3.5.2). */
export type Operation = { readonly op: 'add' | 'replace' | 'remove'; readonly path?: string; readonly value?: unknown };

/** The operations that make the edits. `current` says which lists have the value that a path selects: a path that matches none is refused. */
export function editOperations(edits: readonly Edit[], current: Resource, profile: ScimProfile): readonly Operation[] {
  const isPlain = (edit: Edit) => edit.value !== null && edit.place.select === undefined;
  const merged = profile.replaces === 'merged' ? edits.filter(isPlain) : [];
  const apart = profile.replaces === 'merged' ? edits.filter((edit) => !isPlain(edit)) : edits;
  const together: Json = {};
  for (const { place, value } of merged) putAt(together, place, value);
  return [...(merged.length === 0 ? [] : [{ op: 'replace' as const, value: together }]), ...operationsApart(apart, current)];
}

/** A PATCH as the application wants it written. */
export function patchBody(operations: readonly Operation[], profile: ScimProfile): Json {
  const written = operations.map(({ op, ...rest }) => ({
    op: profile.operations === 'lower' ? op : `${op[0]?.toUpperCase()}${op.slice(1)}`,
    ...rest,
    ...(profile.booleans === 'text' && typeof rest.value === 'boolean' ? { value: rest.value ? 'True' : 'False' } : {}),
  }));
  return { schemas: [scimUrns.patch], Operations: written };
}

function operationsApart(edits: readonly Edit[], current: Resource): readonly Operation[] {
  const fresh = edits.filter(({ place, value }) => value !== null && place.sub !== undefined && !hasHolder(current, place));
  const there = edits.filter((edit) => !fresh.includes(edit));
  return [...there.map(operation), ...additions(fresh, current)];
}

function operation({ place, value }: Edit): Operation {
  if (value !== null) return { op: 'replace', path: scimPath(place), value };
  // Without its `value` a complex attribute or a value of a list means nothing, so all of it goes.
  const { sub, ...whole } = place;
  return { op: 'remove', path: scimPath(sub === 'value' ? whole : place) };
}

/** New values of lists and new complex attributes, each whole: what is known of one value goes into one operation. */
function additions(edits: readonly Edit[], current: Resource): readonly Operation[] {
  const made: Json = {};
  for (const { place, value } of edits) {
    const { select: _, sub: __, ...list } = place;
    const { extension: ___, ...within } = place;
    putAt(made, { ...within, attribute: scimPath(list) }, value);
  }
  return Object.entries(made).map(([path, value]) => ({ op: 'add', path, value: withoutSecondPrimary(value, current[path]) }));
}

/** Only one value of a list is primary (RFC 7643 section 2.4): where there are values already, a new one is not. */
function withoutSecondPrimary(values: unknown, there: unknown): unknown {
  if (!Array.isArray(values) || !Array.isArray(there) || there.length === 0) return values;
  return values.map((value: Json) => {
    const { primary: _, ...rest } = value;
    return rest;
  });
}
