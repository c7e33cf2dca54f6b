import type { NameSpec } from './name-spec.ts';

/** The attributes that a chosen name fills, such as `userPrincipalName` and `mail` with all of it and `mailNickname` with what stands before the `@`. */
export function nameAttributes({ attribute, also }: NameSpec, value: string): Readonly<Record<string, string>> {
  const local = value.split('@', 1)[0] ?? value;
  const others = also.map((other) => [other.attribute, other.part === 'local' ? local : value] as const);
  return Object.fromEntries([[attribute, value] as const, ...others]);
}
