import { toProperty, valueOf } from './property.ts';
import type { Property } from './property.ts';
import { TokenReader } from './token-reader.ts';
import { both, calculate, compare, COMPARISONS, contrary, isLike } from './values.ts';
import type { Condition, Expression, Value } from './values.ts';

/**
 * Reads a SQL filter: comparisons, LIKE, IN, IS NULL, EXISTS, AND, OR, NOT and arithmetic over properties and constants, by the grammar of
 * learn.microsoft.com/azure/service-bus-messaging/service-bus-messaging-sql-filter. Throws an error that says what cannot be read, and where.
 */
export function parseCondition(text: string): Condition {
  const reader = new TokenReader(text);
  const condition = asCondition(reader, parseOr(reader));
  if (reader.peek().is !== 'end') throw reader.wrong('AND, OR or the end');
  return condition;
}

/** What has been read. What stands in parentheses may be either: that is known only after it has been read. */
type Part = { readonly condition: Condition } | { readonly value: Expression };

function parseOr(reader: TokenReader): Part {
  let part = parseAnd(reader);
  while (reader.isNext('OR')) {
    const left = asCondition(reader, part);
    reader.take();
    const right = asCondition(reader, parseAnd(reader));
    // Either holds unless both do not.
    part = { condition: (message) => contrary(both(contrary(left(message)), contrary(right(message)))) };
  }
  return part;
}

function parseAnd(reader: TokenReader): Part {
  let part = parseNot(reader);
  while (reader.isNext('AND')) {
    const left = asCondition(reader, part);
    reader.take();
    const right = asCondition(reader, parseNot(reader));
    part = { condition: (message) => both(left(message), right(message)) };
  }
  return part;
}

function parseNot(reader: TokenReader): Part {
  if (!reader.takeIf('NOT')) return parseTest(reader);
  const condition = asCondition(reader, parseNot(reader));
  return { condition: (message) => contrary(condition(message)) };
}

function parseTest(reader: TokenReader): Part {
  if (reader.takeIf('EXISTS')) return { condition: parseExists(reader) };
  const part = parseSum(reader);
  if ('condition' in part) return part;
  const { value } = part;
  const order = reader.takeAnyOf(COMPARISONS);
  if (order !== undefined) {
    const right = asValue(reader, parseSum(reader));
    return { condition: (message) => compare(value(message), right(message), order) };
  }
  return reader.takeIf('IS') ? { condition: parseIsNull(reader, value) } : parseLikeOrIn(reader, value);
}

function parseExists(reader: TokenReader): Condition {
  reader.expect('(');
  const { scope, name } = parseProperty(reader);
  reader.expect(')');
  return (message) => message[scope].has(name);
}

function parseIsNull(reader: TokenReader, value: Expression): Condition {
  const negated = reader.takeIf('NOT');
  reader.expect('NULL');
  return (message) => ((value(message) ?? null) === null) !== negated;
}

function parseLikeOrIn(reader: TokenReader, value: Expression): Part {
  const negated = reader.takeIf('NOT');
  const condition = reader.takeIf('LIKE') ? parseLike(reader, value) : reader.takeIf('IN') ? parseIn(reader, value) : undefined;
  if (condition === undefined && negated) throw reader.wrong('IN or LIKE');
  if (condition === undefined) return { value };
  return { condition: negated ? (message) => contrary(condition(message)) : condition };
}

function parseLike(reader: TokenReader, value: Expression): Condition {
  const pattern = asValue(reader, parseSum(reader));
  const escape = reader.takeIf('ESCAPE') ? asValue(reader, parseSum(reader)) : undefined;
  return (message) => isLike(value(message), pattern(message), escape?.(message));
}

function parseIn(reader: TokenReader, value: Expression): Condition {
  const list: Expression[] = [];
  reader.expect('(');
  do list.push(asValue(reader, parseSum(reader)));
  while (reader.takeIf(','));
  reader.expect(')');
  return (message) => {
    const wanted = value(message);
    return wanted === undefined ? undefined : list.some((entry) => compare(wanted, entry(message), (sign) => sign === 0) === true);
  };
}

function parseSum(reader: TokenReader): Part {
  return parseOperators(reader, ['+', '-'], () => parseOperators(reader, ['*', '/', '%'], () => parseSigned(reader)));
}

/** Operators that bind equally strongly, from left to right. */
function parseOperators(reader: TokenReader, symbols: readonly string[], operand: () => Part): Part {
  let part = operand();
  for (let symbol = symbols.find((one) => reader.isNext(one)); symbol !== undefined; symbol = symbols.find((one) => reader.isNext(one))) {
    const operator = symbol;
    const left = asValue(reader, part);
    reader.take();
    const right = asValue(reader, operand());
    part = { value: (message) => calculate(left(message), right(message), operator) };
  }
  return part;
}

function parseSigned(reader: TokenReader): Part {
  if (reader.takeIf('+')) return { value: asValue(reader, parseSigned(reader)) };
  if (!reader.takeIf('-')) return parsePrimary(reader);
  const value = asValue(reader, parseSigned(reader));
  return { value: (message) => calculate(0, value(message), '-') };
}

function parsePrimary(reader: TokenReader): Part {
  if (reader.takeIf('(')) {
    const part = parseOr(reader);
    reader.expect(')');
    return part;
  }
  const { is, text } = reader.peek();
  if (is === 'number') return constant(reader, Number(text));
  if (is === 'string') return constant(reader, text);
  if (reader.isNext('TRUE')) return constant(reader, true);
  if (reader.isNext('FALSE')) return constant(reader, false);
  if (reader.isNext('NULL')) return constant(reader, null);
  if (is === 'word' && reader.isNext('(', 1)) return parseCall(reader);
  const property = parseProperty(reader);
  return { value: (message) => valueOf(message, property) };
}

function constant(reader: TokenReader, value: Value): Part {
  reader.take();
  return { value: () => value };
}

/** `property(name)`, or `p(name)`: the property whose name is the value of an expression. */
function parseCall(reader: TokenReader): Part {
  const called = reader.take().text;
  if (!['property', 'p'].includes(called.toLowerCase())) throw new Error(`the function "${called}" is not supported; use property or p.`);
  reader.expect('(');
  const name = asValue(reader, parseSum(reader));
  reader.expect(')');
  return {
    value: (message) => {
      const named = name(message);
      return typeof named === 'string' ? valueOf(message, { scope: 'user', name: named.toLowerCase() }) : undefined;
    },
  };
}

/** A property with or without its scope. */
function parseProperty(reader: TokenReader): Property {
  const first = reader.takeName();
  return reader.takeIf('.') ? toProperty(first, reader.takeName()) : toProperty(undefined, first);
}

function asCondition(reader: TokenReader, part: Part): Condition {
  if ('condition' in part) return part.condition;
  throw reader.wrong('a comparison, LIKE, IN or IS NULL');
}

function asValue(reader: TokenReader, part: Part): Expression {
  if ('value' in part) return part.value;
  throw reader.wrong('AND or OR');
}
