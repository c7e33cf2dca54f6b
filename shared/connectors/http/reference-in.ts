import type { Attributes } from '../../domain/change.ts';

/** The id that a reference among the attributes names; null where it is to be cleared; undefined where the attribute is not among them. */
export function referenceIn(attributes: Attributes, name: string): string | null | undefined {
  const value = attributes[name];
  if (value === undefined || value === null) return value;
  if (typeof value === 'object' && 'id' in value) return value.id;
  throw new TypeError(`${name} must be a resolved reference or null.`);
}
