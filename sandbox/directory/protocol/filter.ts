/** A search filter (RFC 4511 4.5.1.7), with values as received. */
export type Filter =
  | { readonly type: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly type: 'not'; readonly part: Filter }
  | { readonly type: 'equal'; readonly attribute: string; readonly value: Buffer }
  | { readonly type: 'greaterOrEqual' | 'lessOrEqual'; readonly attribute: string; readonly value: Buffer }
  | { readonly type: 'present'; readonly attribute: string }
  | {
      readonly type: 'substrings';
      readonly attribute: string;
      readonly initial?: Buffer;
      readonly any: readonly Buffer[];
      readonly final?: Buffer;
    }
  | { readonly type: 'extensible'; readonly rule: string; readonly attribute: string; readonly value: Buffer };

/** The string form of RFC 4515, for people who read the record of requests. Bytes that are not text are escaped. */
export function formatFilter(filter: Filter): string {
  switch (filter.type) {
    case 'and':
      return `(&${filter.parts.map(formatFilter).join('')})`;
    case 'or':
      return `(|${filter.parts.map(formatFilter).join('')})`;
    case 'not':
      return `(!${formatFilter(filter.part)})`;
    case 'present':
      return `(${filter.attribute}=*)`;
    case 'substrings':
      return `(${filter.attribute}=${[filter.initial, ...filter.any, filter.final].map((part) => escapeValue(part)).join('*')})`;
    case 'extensible':
      return `(${filter.attribute}:${filter.rule}:=${escapeValue(filter.value)})`;
    default:
      return `(${filter.attribute}${operators[filter.type]}${escapeValue(filter.value)})`;
  }
}

const operators = { equal: '=', greaterOrEqual: '>=', lessOrEqual: '<=' } as const;

function escapeValue(value: Buffer | undefined): string {
  if (value === undefined) return '';
  const text = value.toString('utf8');
  if (!Buffer.from(text).equals(value)) return [...value].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
  return text.replace(/[\\*()\0]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
