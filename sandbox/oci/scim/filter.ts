import { badRequest, type ScimError } from './scim-error.ts';

/** Operators that compare an attribute with a value (RFC 7644 section 3.4.2.2). */
export type Comparison = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** A parsed filter. Attribute paths are kept as written. */
export type Filter =
  | { readonly is: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly is: 'not'; readonly filter: Filter }
  | { readonly is: 'present'; readonly path: string }
  | { readonly is: 'compare'; readonly path: string; readonly operator: Comparison; readonly value: FilterValue }
  | { readonly is: 'where'; readonly path: string; readonly filter: Filter };

/** A value that an attribute is compared with. */
export type FilterValue = string | number | boolean | null;

const comparisons: readonly Comparison[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];
const tokenPattern = /\s*(?:([()[\]])|("(?:[^"\\]|\\.)*")|([^\s()[\]"]+))/gy;

/** Parses a filter of RFC 7644 section 3.4.2.2. Throws a ScimError with scimType invalidFilter. */
export function parseFilter(text: string): Filter {
  const tokens = new Tokens(tokenize(text), text);
  const filter = parseOr(tokens);
  if (tokens.peek() !== undefined) throw invalid(text);
  return filter;
}

class Tokens {
  readonly #tokens: readonly string[];
  readonly #text: string;
  #at = 0;

  constructor(tokens: readonly string[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw this.invalid();
    this.#at += 1;
    return token;
  }

  /** Takes the next token if it is the given word or bracket. */
  take(word: string): boolean {
    if (this.peek()?.toLowerCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  expect(word: string): void {
    if (!this.take(word)) throw this.invalid();
  }

  invalid(): ScimError {
    return invalid(this.#text);
  }
}

function tokenize(text: string): readonly string[] {
  const trimmed = text.trimEnd();
  const matches = [...trimmed.matchAll(tokenPattern)];
  const end = matches.reduce((length, match) => length + match[0].length, 0);
  if (end !== trimmed.length) throw invalid(text);
  return matches.map((match) => match[0].trimStart());
}

function parseOr(tokens: Tokens): Filter {
  let left = parseAnd(tokens);
  while (tokens.take('or')) left = { is: 'or', left, right: parseAnd(tokens) };
  return left;
}

function parseAnd(tokens: Tokens): Filter {
  let left = parseTerm(tokens);
  while (tokens.take('and')) left = { is: 'and', left, right: parseTerm(tokens) };
  return left;
}

function parseTerm(tokens: Tokens): Filter {
  if (tokens.take('not')) return { is: 'not', filter: parseGroup(tokens, ['(', ')']) };
  if (tokens.peek() === '(') return parseGroup(tokens, ['(', ')']);
  const path = tokens.next();
  if (/^["()[\]]/.test(path)) throw tokens.invalid();
  if (tokens.peek() === '[') return { is: 'where', path, filter: parseGroup(tokens, ['[', ']']) };
  if (tokens.take('pr')) return { is: 'present', path };
  const word = tokens.next().toLowerCase();
  const operator = comparisons.find((candidate) => candidate === word);
  if (operator === undefined) throw tokens.invalid();
  return { is: 'compare', path, operator, value: parseValue(tokens) };
}

function parseGroup(tokens: Tokens, [open, close]: readonly [string, string]): Filter {
  tokens.expect(open);
  const filter = parseOr(tokens);
  tokens.expect(close);
  return filter;
}

function parseValue(tokens: Tokens): FilterValue {
  try {
    const value: unknown = JSON.parse(tokens.next());
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw tokens.invalid();
}

function invalid(text: string): ScimError {
  return badRequest('error.sandbox.invalidFilter', `The filter ${text} is not valid.`, 'invalidFilter');
}
