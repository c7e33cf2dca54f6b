import type { NameClaim } from '../domain/change.ts';
import { foldName } from './fold-name.ts';
import { nameScope } from './name-scope.ts';
import type { TargetMapping } from './target-mapping.ts';

/** The names that an existing account already bears, by the mapping of its target: what is to be reserved for its owner. */
export function namesBorne(mapping: TargetMapping, attributes: Readonly<Record<string, unknown>>): readonly NameClaim[] {
  return mapping.names.flatMap(({ scheme, attribute }) => {
    const value = attributes[attribute];
    if (typeof value !== 'string' || value === '') return [];
    return [{ scope: nameScope(scheme, attributes), attribute, value, folded: foldName(value) }];
  });
}
