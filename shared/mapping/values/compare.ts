import type { Operator } from '../expression.ts';
import { instantOf } from './date-value.ts';
import { textOf } from './coerce.ts';
import { isDate, type RuntimeValue } from './runtime-value.ts';

/**
 * Compares two values. Two dates by their instants; where one side is a number, or both look like numbers and the operator orders, as numbers; a boolean
 * with text without regard to case; everything else as text, case-sensitively. Null equals the empty text, and nothing is greater or less than it.
 */
export function compare(left: RuntimeValue, operator: Operator, right: RuntimeValue): boolean {
  if (operator === '=') return order(left, right, false) === 0;
  if (operator === '<>') return order(left, right, false) !== 0;
  if (textOf(left) === '' || textOf(right) === '') return false;
  const sign = order(left, right, true);
  switch (operator) {
    case '>':
      return sign > 0;
    case '>=':
      return sign >= 0;
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
  }
}

function order(left: RuntimeValue, right: RuntimeValue, ordering: boolean): number {
  if (isDate(left) && isDate(right)) return sign(instantOf(left), instantOf(right));
  const numeric = ordering || typeof left === 'number' || typeof right === 'number';
  const [a, b] = [numberIn(left), numberIn(right)];
  if (numeric && a !== undefined && b !== undefined) return sign(a, b);
  const folded = typeof left === 'boolean' || typeof right === 'boolean';
  return folded ? sign(textOf(left).toLowerCase(), textOf(right).toLowerCase()) : sign(textOf(left), textOf(right));
}

function numberIn(value: RuntimeValue): number | undefined {
  const text = textOf(value).trim();
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

function sign<T extends string | number | bigint>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
