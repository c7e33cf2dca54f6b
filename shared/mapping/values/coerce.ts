import { ValueProblem } from './value-problem.ts';
import { dateText, parseDate, type DateValue } from './date-value.ts';
import { isDate, isFlow, isList, type RuntimeValue } from './runtime-value.ts';

/** Text of a value: booleans are `True` and `False`, dates in UTC, null and an omitted argument the empty text. Throws ValueProblem for a list of several values. */
export function textOf(value: RuntimeValue | undefined): string {
  if (value === undefined || value === null || isFlow(value)) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isDate(value)) return dateText(value);
  if (!isList(value)) return String(value);
  if (value.length > 1) throw new ValueProblem('the attribute has several values; choose one with Item or combine them with Join');
  return value[0] ?? '';
}

/** A whole number. Throws ValueProblem for anything that is none. */
export function integerOf(value: RuntimeValue | undefined): number {
  const text = textOf(value).trim();
  const number = text === '' ? Number.NaN : Number(text);
  if (!Number.isSafeInteger(number)) throw new ValueProblem(`"${text}" is not a whole number`);
  return number;
}

/** A date, or text that reads as one. Throws ValueProblem for anything else, the empty text among it. */
export function dateFrom(value: RuntimeValue | undefined): DateValue {
  if (value !== undefined && isDate(value)) return value;
  const text = textOf(value);
  const date = parseDate(text);
  if (!date)
    throw new ValueProblem(
      text === '' ? 'there is no date to read; test with IsPresent first' : `"${text}" is not a date such as 2026-12-01`,
    );
  return date;
}

/** Whether a condition holds: true, `True` in any case, or a number other than zero. Everything else, null and empty among it, does not. */
export function truthOf(value: RuntimeValue): boolean {
  if (typeof value === 'boolean') return value;
  const text = textOf(value).trim().toLowerCase();
  return text === 'true' || (text !== '' && Number.isFinite(Number(text)) && Number(text) !== 0);
}
