import { integerOf, textOf } from '../values/coerce.ts';
import { isList, type RuntimeValue } from '../values/runtime-value.ts';
import { ValueProblem } from '../values/value-problem.ts';
import type { Argument, MappingFunction } from './mapping-function.ts';

/**
 * The functions on attributes with several values; a single value counts as a list of one.
 * https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
 */
export const listFunctions: Readonly<Record<string, MappingFunction>> = {
  Count: { least: 1, most: 1, apply: ([source]) => valuesOf(source).length },
  Item: { least: 2, most: 2, apply: ([source, index]) => item(valuesOf(source), integerOf(index)) },
  Join: {
    least: 1,
    most: Infinity,
    apply: ([separator, ...sources]) =>
      sources
        .flatMap(valuesOf)
        .filter((part) => part !== '')
        .join(textOf(separator)),
  },
  RemoveDuplicates: {
    least: 1,
    most: 1,
    apply: ([source]) => (source === undefined || source === null ? null : [...new Set(valuesOf(source))]),
  },
  Split: { least: 2, most: 2, apply: ([source, delimiter]) => split(source, textOf(delimiter)) },
};

function valuesOf(source: Argument): readonly string[] {
  if (isList(source)) return source;
  return source === undefined || source === null ? [] : [textOf(source)];
}

function item(values: readonly string[], index: number): RuntimeValue {
  if (index < 1) throw new ValueProblem('Item counts from 1');
  return values[index - 1] ?? null;
}

// The printed example of Split trims what it yields, although its text does not say so.
function split(source: Argument, delimiter: string): RuntimeValue {
  if ([...delimiter].length !== 1) throw new ValueProblem('Split takes a delimiter of one character');
  if (source === undefined || source === null) return null;
  const text = textOf(source);
  return text === '' ? [] : text.split(delimiter).map((part) => part.trim());
}
