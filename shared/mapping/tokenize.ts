import type { Operator } from './expression.ts';
import { MappingError } from './mapping-error.ts';

/** A token with the index of its first character. */
export type Token =
  | { readonly kind: 'text' | 'attribute' | 'word'; readonly text: string; readonly position: number }
  | { readonly kind: 'number'; readonly value: string | number; readonly position: number }
  | { readonly kind: 'operator'; readonly operator: Operator; readonly position: number }
  | { readonly kind: '(' | ')' | ',' | 'end'; readonly position: number };

type Reader = { readonly pattern: RegExp; readonly token: (match: RegExpExecArray, position: number) => Token };

const readers: readonly Reader[] = [
  { pattern: /"((?:[^"\\]|\\[\s\S])*)"/y, token: (match, position) => ({ kind: 'text', text: unescape(match[1] ?? ''), position }) },
  { pattern: /\[([^\]]+)\]/y, token: (match, position) => ({ kind: 'attribute', text: (match[1] ?? '').trim(), position }) },
  { pattern: /&H([0-9A-Fa-f]+)/y, token: (match, position) => ({ kind: 'number', value: Number.parseInt(match[1] ?? '', 16), position }) },
  { pattern: /-?\d+(?:\.\d+)?(?![A-Za-z_])/y, token: (match, position) => ({ kind: 'number', value: numberOf(match[0]), position }) },
  { pattern: /[A-Za-z_][A-Za-z0-9_]*/y, token: (match, position) => ({ kind: 'word', text: match[0], position }) },
  { pattern: /<>|>=|<=|=|>|</y, token: (match, position) => ({ kind: 'operator', operator: operatorOf(match[0]), position }) },
  { pattern: /[(),]/y, token: (match, position) => ({ kind: punctuationOf(match[0]), position }) },
];

/**
 * The tokens of an expression, ended by `end`. Grammar: "Syntax overview" of
 * https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
 * Only `\\` and `\"` are escapes; any other backslash is kept as it stands, as published mappings rely on it. Throws MappingError of kind `parse`.
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = skipSpace(text, 0);
  while (position < text.length) {
    const { token, end } = readToken(text, position);
    tokens.push(token);
    position = skipSpace(text, end);
  }
  return [...tokens, { kind: 'end', position: text.length }];
}

function readToken(text: string, position: number): { readonly token: Token; readonly end: number } {
  for (const { pattern, token } of readers) {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match) return { token: token(match, position), end: position + match[0].length };
  }
  throw new MappingError('parse', unreadable(text[position] ?? ''), position);
}

function unreadable(character: string): string {
  if (character === '"') return 'this text has no closing quotation mark';
  if (character === '[') return 'this attribute has no closing ], or no name';
  return `unexpected character ${character}`;
}

function skipSpace(text: string, from: number): number {
  let position = from;
  while (/\s/.test(text[position] ?? '')) position += 1;
  return position;
}

function unescape(text: string): string {
  return text.replace(/\\([\\"])/g, '$1');
}

// A FILETIME does not fit a number exactly, so an integer beyond 2^53 stays as its digits.
function numberOf(digits: string): string | number {
  const value = Number(digits);
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? digits : value;
}

function operatorOf(text: string): Operator {
  return (['<>', '>=', '<=', '=', '>'] as const).find((operator) => operator === text) ?? '<';
}

function punctuationOf(text: string): '(' | ')' | ',' {
  return text === '(' || text === ')' ? text : ',';
}
