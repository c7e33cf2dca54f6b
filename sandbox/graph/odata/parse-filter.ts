import { FilterSyntaxError, type Comparison, type Filter, type Literal } from './filter.ts';
import { filterTokens, type Token } from './filter-tokens.ts';

const comparisons: ReadonlySet<string> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);
const textTests: ReadonlySet<string> = new Set(['startswith', 'endswith', 'contains']);

/** Parses a `$filter`: `and`, `or`, `not`, comparisons, `in`, `startsWith`, `endsWith`, `contains`, and `any` over collections.
 * Throws `FilterSyntaxError`. */
export function parseFilter(text: string): Filter {
  const reader = readerOf(filterTokens(text), text);
  const filter = parseOr(reader);
  if (reader.peek() !== undefined) throw reader.wrong();
  return filter;
}

type Reader = {
  readonly peek: (ahead?: number) => Token | undefined;
  readonly next: () => Token;
  /** Takes the next token if it is this word or sign, letter case aside. */
  readonly accept: (value: string) => boolean;
  readonly expect: (value: string) => void;
  readonly wrong: () => FilterSyntaxError;
};

function readerOf(tokens: readonly Token[], text: string): Reader {
  let position = 0;
  const wrong = () => new FilterSyntaxError(`Syntax error at '${tokens[position]?.value ?? 'the end'}' in '${text}'.`);
  const accept = (value: string): boolean => {
    const token = tokens[position];
    if (token === undefined || token.is === 'text' || token.value.toLowerCase() !== value) return false;
    position += 1;
    return true;
  };
  const next = (): Token => {
    const token = tokens[position];
    if (token === undefined) throw wrong();
    position += 1;
    return token;
  };
  const expect = (value: string): void => {
    if (!accept(value)) throw wrong();
  };
  return { peek: (ahead = 0) => tokens[position + ahead], next, accept, expect, wrong };
}

function parseOr(reader: Reader): Filter {
  let left = parseAnd(reader);
  while (reader.accept('or')) left = { is: 'or', left, right: parseAnd(reader) };
  return left;
}

function parseAnd(reader: Reader): Filter {
  let left = parseUnary(reader);
  while (reader.accept('and')) left = { is: 'and', left, right: parseUnary(reader) };
  return left;
}

function parseUnary(reader: Reader): Filter {
  if (reader.accept('not')) return { is: 'not', of: parseUnary(reader) };
  if (reader.accept('(')) {
    const inner = parseOr(reader);
    reader.expect(')');
    return inner;
  }
  const name = reader.peek()?.value.toLowerCase() ?? '';
  return textTests.has(name) && reader.peek(1)?.value === '(' ? parseTextTest(reader) : parsePredicate(reader);
}

function parseTextTest(reader: Reader): Filter {
  const test = reader.next().value.toLowerCase();
  reader.expect('(');
  const path = parsePath(reader);
  reader.expect(',');
  const value = parseLiteral(reader);
  reader.expect(')');
  if (typeof value !== 'string' || (test !== 'startswith' && test !== 'endswith' && test !== 'contains')) throw reader.wrong();
  return { is: 'text', test, path, value };
}

function parsePredicate(reader: Reader): Filter {
  const path = parsePath(reader);
  if (path.at(-1) === 'any' && reader.accept('(')) return parseAny(reader, path.slice(0, -1));
  if (reader.accept('in')) return { is: 'in', path, values: parseList(reader) };
  const operator = reader.next().value.toLowerCase();
  if (!isComparison(operator)) throw reader.wrong();
  return { is: 'compare', operator, path, value: parseLiteral(reader) };
}

function parseAny(reader: Reader, path: readonly string[]): Filter {
  if (reader.accept(')')) return { is: 'any', path, variable: '', where: undefined };
  const variable = reader.next().value;
  reader.expect(':');
  const where = parseOr(reader);
  reader.expect(')');
  return { is: 'any', path, variable, where };
}

function parseList(reader: Reader): readonly Literal[] {
  reader.expect('(');
  const values = [parseLiteral(reader)];
  while (reader.accept(',')) values.push(parseLiteral(reader));
  reader.expect(')');
  return values;
}

function parsePath(reader: Reader): readonly string[] {
  const path = [parseName(reader)];
  while (reader.accept('/')) path.push(parseName(reader));
  return path;
}

function parseName(reader: Reader): string {
  const token = reader.next();
  if (token.is !== 'word') throw reader.wrong();
  return token.value;
}

function parseLiteral(reader: Reader): Literal {
  const token = reader.next();
  if (token.is === 'text') return token.value;
  if (token.is === 'punctuation') throw reader.wrong();
  if (token.value === 'true' || token.value === 'false') return token.value === 'true';
  if (token.value === 'null') return null;
  return /^-?\d+(\.\d+)?$/.test(token.value) ? Number(token.value) : token.value;
}

function isComparison(operator: string): operator is Comparison {
  return comparisons.has(operator);
}
