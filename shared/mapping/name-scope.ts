import type { NameScheme } from './name-spec.ts';

/** Among what a name of the scheme is unique: a scheme that is unique `within` an attribute has a scope for each value of it, without regard to case. */
export function nameScope({ scope, within }: NameScheme, attributes: Readonly<Record<string, unknown>>): string {
  const value = within === null ? undefined : attributes[within];
  return within === null ? scope : `${scope}/${typeof value === 'string' ? value.toLowerCase() : ''}`;
}
