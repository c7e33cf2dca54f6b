import type { FilterableMessage } from '../filterable-message.ts';

/** True, false, or undefined for what cannot be told. */
export type Truth = boolean | undefined;
/** A value of a message or of the filter; undefined is one that cannot be told, such as a property that is not there. */
export type Value = string | number | boolean | null | undefined;
/** A part of a filter that holds or does not. */
export type Condition = (message: FilterableMessage) => Truth;
/** A part of a filter that has a value. */
export type Expression = (message: FilterableMessage) => Value;

type Order = (sign: number) => boolean;

/** The comparisons: what the sign of the difference must be. */
export const COMPARISONS: ReadonlyMap<string, Order> = new Map([
  ['=', (sign) => sign === 0],
  ['<>', (sign) => sign !== 0],
  ['!=', (sign) => sign !== 0],
  ['<', (sign) => sign < 0],
  ['<=', (sign) => sign <= 0],
  ['>', (sign) => sign > 0],
  ['>=', (sign) => sign >= 0],
]);

/** A comparison of two values. What has no common order, such as a text and a number, cannot be told. */
export function compare(left: Value, right: Value, order: Order): Truth {
  if (typeof left === 'number' && typeof right === 'number') return order(left - right);
  if (typeof left === 'string' && typeof right === 'string') return order(left < right ? -1 : Number(left > right));
  if (typeof left === 'boolean' && typeof right === 'boolean') return order(Number(left) - Number(right));
  return undefined;
}

/** Both hold; false wins over what cannot be told. */
export function both(left: Truth, right: Truth): Truth {
  if (left === false || right === false) return false;
  return left === undefined || right === undefined ? undefined : true;
}

/** The contrary; of what cannot be told nothing can be told. */
export function contrary(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

type Arithmetic = (left: number, right: number) => number;

/** Arithmetic as in C#, which Service Bus follows: whole numbers divide to whole numbers. */
const ARITHMETIC: ReadonlyMap<string, Arithmetic> = new Map([
  ['+', (left, right) => left + right],
  ['-', (left, right) => left - right],
  ['*', (left, right) => left * right],
  ['/', (left, right) => (Number.isInteger(left) && Number.isInteger(right) ? Math.trunc(left / right) : left / right)],
  ['%', (left, right) => left % right],
]);

/** The result of an operator; texts can be joined by `+`. What cannot be calculated, such as a division by zero, cannot be told. */
export function calculate(left: Value, right: Value, symbol: string): Value {
  if (symbol === '+' && typeof left === 'string' && typeof right === 'string') return left + right;
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  const result = ARITHMETIC.get(symbol)?.(left, right);
  return Number.isFinite(result) ? result : undefined;
}

/** Whether a text is like a pattern: `%` is any text, `_` any character; the escape character takes their meaning away. */
export function isLike(text: Value, pattern: Value, escape: Value): Truth {
  if (typeof text !== 'string' || typeof pattern !== 'string') return undefined;
  let source = '';
  let literal = false;
  for (const character of pattern) {
    if (!literal && character === escape) {
      literal = true;
      continue;
    }
    if (!literal && character === '%') source += '.*';
    else if (!literal && character === '_') source += '.';
    else source += character.replace(/[\\^$.*+?()[\]{}|]/u, String.raw`\$&`);
    literal = false;
  }
  return new RegExp(`^${source}$`, 'su').test(text);
}
