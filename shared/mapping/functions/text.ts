import { integerOf, textOf } from '../values/coerce.ts';
import type { RuntimeValue } from '../values/runtime-value.ts';
import { ValueProblem } from '../values/value-problem.ts';
import { normalizeDiacritics } from './letters.ts';
import type { Argument, EagerFunction, MappingFunction } from './mapping-function.ts';

/**
 * The functions on text. A source that is null gives null, except where another answer is documented.
 * https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
 */
export const textFunctions: Readonly<Record<string, MappingFunction>> = {
  Append: { least: 2, most: 2, apply: ([source, suffix]) => textOf(source) + textOf(suffix) },
  InStr: {
    least: 2,
    most: 4,
    apply: ([source, sought, start, comparison]) => inStr(textOf(source), textOf(sought), start, textOf(comparison)),
  },
  Left: { least: 2, most: 2, apply: ([source, count]) => left(textOf(source), integerOf(count)) },
  Mid: onText(3, 3, (text, [, start, length]) => mid(text, integerOf(start), integerOf(length))),
  NormalizeDiacritics: onText(1, 1, normalizeDiacritics),
  PCase: onText(1, 2, (text, [, separators]) => pCase(text, textOf(separators))),
  StripSpaces: onText(1, 1, (text) => text.replaceAll(' ', '')),
  ToLower: onText(1, 2, (text, [, culture]) => inCulture(textOf(culture), (locale) => text.toLocaleLowerCase(locale))),
  ToUpper: onText(1, 2, (text, [, culture]) => inCulture(textOf(culture), (locale) => text.toLocaleUpperCase(locale))),
  Word: onText(3, 3, (text, [, position, delimiters]) => word(text, integerOf(position), textOf(delimiters))),
};

function onText(least: number, most: number, apply: (text: string, values: readonly Argument[]) => RuntimeValue): EagerFunction {
  return { least, most, apply: (values) => (values[0] === undefined || values[0] === null ? null : apply(textOf(values[0]), values)) };
}

function inStr(source: string, sought: string, start: Argument, comparison: string): number {
  const from = start === undefined ? 1 : integerOf(start);
  if (from < 1) throw new ValueProblem('InStr counts from 1');
  const fold = (text: string) => (comparison === 'vbTextCompare' ? text.toLowerCase() : text);
  return fold(source).indexOf(fold(sought), from - 1) + 1;
}

// By code point, so that a character outside the basic plane is never cut in half.
function left(text: string, count: number): string {
  return count < 0 ? text : [...text].slice(0, count).join('');
}

function mid(text: string, start: number, length: number): string {
  const from = Math.max(start, 1) - 1;
  return [...text].slice(from, from + Math.max(length, 0)).join('');
}

function pCase(text: string, separators: string): string {
  const lower = text.toLowerCase();
  if (separators === '') return lower.replace(/(?<![\p{L}\p{M}\p{N}'’])\p{L}/gu, (letter) => letter.toUpperCase());
  return [...lower]
    .map((letter, index, all) => (index === 0 || separators.includes(all[index - 1] ?? '') ? letter.toUpperCase() : letter))
    .join('');
}

function inCulture(culture: string, change: (locale: string) => string): string {
  try {
    return change(culture === '' ? 'und' : culture);
  } catch (error) {
    if (error instanceof RangeError) throw new ValueProblem(`"${culture}" is not a culture such as pt-PT`);
    throw error;
  }
}

function word(text: string, position: number, delimiters: string): string {
  let current = '';
  const words: string[] = [];
  for (const character of `${text}${delimiters.slice(0, 1)}`) {
    if (!delimiters.includes(character)) current += character;
    else if (current !== '') {
      words.push(current);
      current = '';
    }
  }
  return (current === '' ? words : [...words, current])[position - 1] ?? '';
}
