import { z } from 'zod';
import type { Attributes, Value } from '../../domain/change.ts';
import type { FoundAccount } from '../../ports/readers/accounts.ts';
import { createOnly, scimAttributes, scimPath, type ScimPlace } from './scim-attributes.ts';

/** A SCIM user as read: only its id is sure. */
export const scimUser = z.looseObject({ id: z.string().min(1), active: z.boolean().nullish() });
export type ScimUser = z.infer<typeof scimUser>;

/** The paths of everything that `toFoundAccount` reads. */
export const scimRead: readonly string[] = [
  'id',
  'active',
  ...new Set(
    Object.entries(scimAttributes)
      .filter(([name]) => !createOnly.has(name))
      .map(([, place]) => (place.is === 'list' ? place.list : scimPath(place))),
  ),
];

/** A SCIM user in the words of the port: absent values are null; the manager is an id. */
export function toFoundAccount(user: ScimUser): FoundAccount {
  const names = Object.keys(scimAttributes).filter((name) => !createOnly.has(name));
  const attributes: Attributes = Object.fromEntries(names.map((name) => [name, valueAt(user, name)]));
  return {
    id: user.id,
    attributes,
    enabled: user.active === true,
    employeeId: textOf(attributes['employeeNumber']),
    displayName: textOf(attributes['displayName']),
    anchor: null,
    masteredElsewhere: false,
    syncedAt: null,
  };
}

/** Whether the list has a `work` value, which a PATCH path can then address. */
export function hasWorkValue(user: ScimUser, list: string): boolean {
  return workValue(user, list) !== undefined;
}

function valueAt(user: ScimUser, name: string): Value {
  const place: ScimPlace | undefined = scimAttributes[name];
  if (place === undefined) return null;
  const start: unknown = place.is === 'list' ? workValue(user, place.list) : place.extension === undefined ? user : user[place.extension];
  const found = (place.is === 'list' ? [place.sub] : place.path).reduce(step, start);
  return typeof found === 'string' || typeof found === 'boolean' || typeof found === 'number' ? found : null;
}

function workValue(user: ScimUser, list: string): unknown {
  const values: unknown = user[list];
  return Array.isArray(values) ? values.find((value) => step(value, 'type') === 'work') : undefined;
}

function step(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null ? Object.entries(from).find(([key]) => key === name)?.[1] : undefined;
}

function textOf(value: Value | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
