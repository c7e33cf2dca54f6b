import type { NameClaim } from '../domain/change.ts';
import type { Blueprint } from './account-blueprint.ts';
import type { MappingValue } from './mapping-value.ts';

/** The attribute that names the immutable id of the account that is followed, as in Entra. */
export const followedId = 'objectId';

/** The attributes of a person's account in another target, as its own mapping gives them, with the names that are theirs; null for what it does not have. */
export function followedAccount(blueprint: Blueprint, names: readonly NameClaim[], id: string | null): (name: string) => MappingValue {
  const claims = blueprint.names.flatMap(({ scope, attribute }) => {
    const own = names.find((name) => name.scope === scope);
    return own === undefined ? [] : [{ ...own, attribute }];
  });
  const { always, create } = blueprint.attributes(claims);
  return (name) => (name === followedId ? id : (create[name] ?? always[name] ?? null));
}
