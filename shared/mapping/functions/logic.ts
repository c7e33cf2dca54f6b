import { textOf, truthOf } from '../values/coerce.ts';
import { isList, type RuntimeValue } from '../values/runtime-value.ts';
import type { Argument, MappingFunction } from './mapping-function.ts';

/**
 * The functions that decide. IIF, Switch and Coalesce evaluate only the arms they take. A condition over an absent attribute is evaluated, where the
 * original is documented to fail; in Switch null and the empty text are the same key.
 * https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
 */
export const logicFunctions: Readonly<Record<string, MappingFunction>> = {
  CBool: { least: 1, most: 1, apply: ([value]) => truthOf(value ?? null) },
  Coalesce: { least: 1, most: Infinity, choose: (values) => coalesce(values) },
  IgnoreFlowIfNullOrEmpty: {
    least: 1,
    most: 1,
    apply: ([value]) => (isEmpty(value) ? { kind: 'flow', leave: 'attribute' } : (value ?? null)),
  },
  IIF: { least: 3, most: 3, choose: ([condition, yes, no]) => (truthOf(condition?.() ?? null) ? yes : no)?.() ?? null },
  IsNull: { least: 1, most: 1, apply: ([value]) => value === null || value === undefined },
  IsNullOrEmpty: { least: 1, most: 1, apply: ([value]) => isEmpty(value) },
  IsPresent: { least: 1, most: 1, apply: ([value]) => !isEmpty(value) },
  IsString: { least: 1, most: 1, apply: ([value]) => typeof value === 'string' },
  Not: { least: 1, most: 1, apply: ([value]) => (textOf(value) === 'True' ? 'False' : 'True') },
  Switch: { least: 4, most: Infinity, choose: (values) => switchOn(values) },
};

function coalesce(values: readonly (() => Argument)[]): RuntimeValue {
  for (const value of values) {
    const found = value();
    if (found !== undefined && found !== null) return found;
  }
  return null;
}

function switchOn([source, fallback, ...arms]: readonly (() => Argument)[]): RuntimeValue {
  const text = textOf(source?.());
  for (let index = 0; index + 1 < arms.length; index += 2) {
    if (textOf(arms[index]?.()) === text) return arms[index + 1]?.() ?? null;
  }
  return fallback?.() ?? null;
}

function isEmpty(value: Argument): boolean {
  return value === undefined || value === null || value === '' || (isList(value) && value.length === 0);
}
