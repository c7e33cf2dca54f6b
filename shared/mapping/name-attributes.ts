import type { NameClaim } from '../domain/change.ts';
import type { MappingValue } from './mapping-value.ts';
import type { NameSpec } from './name-spec.ts';

/** The attributes that a chosen name fills, such as `userPrincipalName` and `mail` with all of it and `mailNickname` with what stands before the `@`. */
export function nameAttributes(spec: NameSpec, value: string): Readonly<Record<string, string>> {
  const local = value.split('@', 1)[0] ?? value;
  return Object.fromEntries(spec.attributes.map(({ attribute, part }) => [attribute, part === 'local' ? local : value]));
}

/**
 * What is to be reserved in the registry before the name is used. `attributes` are the mapped attributes of the same account: a scheme that is unique
 * `within` one of them has a scope for each of its values, without regard to case.
 */
export function nameClaim({ scheme, attributes: [first] }: NameSpec, value: string, attributes: Readonly<Record<string, MappingValue>>): NameClaim {
  return { scope: nameScope(scheme, attributes), attribute: first?.attribute ?? scheme.id, value };
}

function nameScope(scheme: NameSpec['scheme'], attributes: Readonly<Record<string, MappingValue>>): string {
  if (scheme.within === null) return scheme.scope;
  return `${scheme.scope}/${String(attributes[scheme.within] ?? '').toLowerCase()}`;
}
