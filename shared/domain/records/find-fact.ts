import type { FactRule } from './record-map.ts';

/** Text of a field: null where it is empty, undefined where the record does not have it. */
export type FieldReader = (field: string) => string | null | undefined;

/** What a record says of one fact; `assumed` where it says nothing and the rule has a value for that; `unknown` where it says something that no rule understands. */
export type FoundFact =
  | { readonly is: 'said' | 'assumed'; readonly value: string }
  | { readonly is: 'empty' | 'absent' }
  | { readonly is: 'unknown'; readonly field: string; readonly given: string; readonly known: readonly string[] };

/** Looks at the places in order and takes the first that says something. A value that is not understood counts only in the last place: those before may be about other facts. */
export function findFact(rules: readonly FactRule[], read: FieldReader): FoundFact {
  let last: FoundFact = { is: 'absent' };
  for (const rule of rules) {
    const found = look(rule, read);
    if (found.is === 'said') return found;
    // Empty in one place and absent in another is empty.
    if (found.is !== 'absent' || last.is === 'unknown') last = found;
  }
  if (last.is === 'unknown') return { ...last, known: knownOf(rules, last.field) };
  const otherwise = rules.findLast((rule) => rule.otherwise !== undefined)?.otherwise;
  return otherwise === undefined ? last : { is: 'assumed', value: otherwise };
}

function look({ field, values }: FactRule, read: FieldReader): FoundFact {
  const text = read(field)?.trim();
  if (text === undefined) return { is: read(field) === null ? 'empty' : 'absent' };
  if (text === '') return { is: 'empty' };
  if (values === undefined) return { is: 'said', value: text };
  const entry = Object.entries(values).find(([key]) => key.toLowerCase() === text.toLowerCase());
  if (entry === undefined) return { is: 'unknown', field, given: text, known: [] };
  return entry[1] === null ? { is: 'empty' } : { is: 'said', value: entry[1] };
}

function knownOf(rules: readonly FactRule[], field: string): readonly string[] {
  return rules.filter((rule) => rule.field === field).flatMap(({ values }) => Object.keys(values ?? {}));
}
