import type { Attributes, Value } from '../../domain/change.ts';
import { isCapability } from './capabilities.ts';
import { scimAttributes, createOnly, scimPath } from './scim-attributes.ts';
import { scimValue } from './scim-create-body.ts';
import { scimSchemas } from './scim-schemas.ts';
import { hasWorkValue, type ScimUser } from './scim-user.ts';

type Operation = { readonly op: 'add' | 'replace' | 'remove'; readonly path: string; readonly value?: unknown };

/**
 * The PATCH (RFC 7644 section 3.5.2, atomic) that gives a user these attributes; null removes. `current` says which lists have a `work` value, since a filter that
 * matches none is refused; it is needed only where `touchesLists` says so. Create-only attributes are left out, since setting them again is refused, and capabilities, which have a changer of their own.
 */
export function scimPatchBody(
  after: Attributes,
  current: ScimUser | undefined,
): { readonly schemas: readonly string[]; readonly Operations: readonly Operation[] } {
  const changes = Object.entries(after).filter(([name]) => !createOnly.has(name) && !isCapability(name));
  const plain = changes.filter(([name]) => listOf(name) === undefined).map(([name, value]) => plainOperation(name, value));
  const lists = new Set(changes.map(([name]) => listOf(name)).filter((list) => list !== undefined));
  const inLists = [...lists].flatMap((list) => listOperations(list, changes, current !== undefined && hasWorkValue(current, list)));
  return { schemas: [scimSchemas.patch], Operations: [...plain, ...inLists] };
}

/** Whether any of the attributes is in a list, so that the user has to be read before it is changed. */
export function touchesLists(after: Attributes): boolean {
  return Object.keys(after).some((name) => listOf(name) !== undefined);
}

function listOf(name: string): string | undefined {
  const place = scimAttributes[name];
  return place?.is === 'list' ? place.list : undefined;
}

function plainOperation(name: string, value: Value): Operation {
  if (name === 'enabled') return { op: 'replace', path: 'active', value: value === true };
  const place = scimAttributes[name] ?? { is: 'path' as const, path: [name] };
  const path = scimPath(place);
  if (name === 'manager') return managerOperation(path.replace(/\.value$/, ''), value);
  return value === null ? { op: 'remove', path } : { op: 'replace', path, value: scimValue(value) };
}

/** The manager is one complex attribute, given and taken as a whole: removing its `value` alone would leave the rest, and a part of what is absent is lost on some servers. */
function managerOperation(path: string, value: Value): Operation {
  return value === null ? { op: 'remove', path } : { op: 'replace', path, value: { value: scimValue(value) } };
}

function listOperations(list: string, changes: readonly (readonly [string, Value])[], hasWork: boolean): readonly Operation[] {
  const subs = changes.flatMap(([name, value]) => {
    const place = scimAttributes[name];
    return place?.is === 'list' && place.list === list ? [{ place, value }] : [];
  });
  if (hasWork)
    return subs.map(({ place, value }) =>
      value === null ? { op: 'remove', path: scimPath(place) } : { op: 'replace', path: scimPath(place), value },
    );
  const present = subs.filter(({ value }) => value !== null);
  if (present.length === 0) return [];
  const work = {
    type: 'work',
    ...(list === 'emails' ? { primary: true } : {}),
    ...Object.fromEntries(present.map(({ place, value }) => [place.sub, value])),
  };
  return [{ op: 'add', path: list, value: [work] }];
}
