import type { FieldProblem } from './field-problems.ts';

/**
 * Names the fields whose text no database keeps: with the character NUL, or with half of a surrogate pair
 * (https://www.postgresql.org/docs/15/datatype-json.html: jsonb refuses both).
 */
export function unstorableText(value: unknown, field = ''): readonly FieldProblem[] {
  if (typeof value === 'string')
    return isStorable(value) ? [] : [{ field, problem: 'holds a character that is no text: NUL, or half of a surrogate pair' }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (!isStorable(name)) return [{ field, problem: 'has a name with a character that is no text: NUL, or half of a surrogate pair' }];
    return unstorableText(inner, field === '' ? name : `${field}.${name}`);
  });
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
