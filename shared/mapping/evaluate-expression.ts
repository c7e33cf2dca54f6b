import type { Compiled } from './compile-expression.ts';
import type { Call, Expression, Keyword, Omitted } from './expression.ts';
import { functionTable } from './functions/function-table.ts';
import type { Argument, EvaluationContext } from './functions/mapping-function.ts';
import { MappingError } from './mapping-error.ts';
import type { Evaluated, MappingValue } from './mapping-value.ts';
import { compare } from './values/compare.ts';
import { dateText } from './values/date-value.ts';
import { isDate, isFlow, type RuntimeValue } from './values/runtime-value.ts';
import { ValueProblem } from './values/value-problem.ts';

/** What an evaluation is given. Without `zone` calendar days are counted in UTC; without `random` the system's generator is used. */
export type Evaluation = {
  /** The value of an attribute; null where there is none. */
  readonly attributes: (name: string) => MappingValue;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly zone?: string;
  /** What DefaultDomain() answers. */
  readonly domain?: string;
  /** A random whole number from 0 to below `bound`. */
  readonly random?: (bound: number) => number;
};

/**
 * Evaluates a compiled expression over a full record. Arms of IIF, Switch and Coalesce that are not taken are not evaluated. A date comes out as text,
 * `M/d/yyyy h:mm:ss tt` in UTC. Throws MappingError of kind `value`, naming the function and its place, for a value that a function cannot take.
 */
export function evaluate(compiled: Compiled, evaluation: Evaluation): Evaluated {
  const { attributes, now, zone = 'UTC', domain = null, random = systemRandom } = evaluation;
  const value = valueOf(compiled.expression, { attributes, now, zone, domain, random });
  if (isFlow(value)) return { is: value.leave === 'attribute' ? 'leave' : 'skip-object' };
  return { is: 'value', value: isDate(value) ? dateText(value) : value };
}

function valueOf(expression: Expression, context: EvaluationContext): RuntimeValue {
  switch (expression.kind) {
    case 'attribute':
      return context.attributes(expression.name);
    case 'literal':
      return expression.value;
    case 'keyword':
      return keywordValue(expression.word);
    case 'compare':
      return compared(expression, context);
    case 'call':
      return called(expression, context);
  }
}

function keywordValue(word: Keyword): RuntimeValue {
  if (word === 'IgnoreAttributeFlow') return { kind: 'flow', leave: 'attribute' };
  return word === 'IgnoreObjectFlow' ? { kind: 'flow', leave: 'object' } : word;
}

function compared(expression: Extract<Expression, { kind: 'compare' }>, context: EvaluationContext): RuntimeValue {
  const [left, right] = [valueOf(expression.left, context), valueOf(expression.right, context)];
  return withPlace('the comparison', expression.position, () => compare(left, expression.operator, right));
}

function called(call: Call, context: EvaluationContext): RuntimeValue {
  const known = functionTable.get(call.name);
  if (!known) throw new MappingError('unknown-function', `there is no function ${call.name}`, call.position);
  const lazy = call.arguments.map((argument) => () => argumentOf(argument, context));
  if ('choose' in known) return withPlace(call.name, call.position, () => known.choose(lazy));
  const values = lazy.map((value) => value());
  const flow = values.find((value) => value !== undefined && isFlow(value));
  return flow ?? withPlace(call.name, call.position, () => known.apply(values, context));
}

function argumentOf(argument: Expression | Omitted, context: EvaluationContext): Argument {
  return argument.kind === 'omitted' ? undefined : valueOf(argument, context);
}

function withPlace(name: string, position: number, compute: () => RuntimeValue): RuntimeValue {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ValueProblem) throw new MappingError('value', `${name} at character ${position + 1}: ${error.message}`, position);
    throw error;
  }
}

// Values at the end of the range that would favour small results are thrown away.
function systemRandom(bound: number): number {
  const range = 2 ** 32;
  const fair = range - (range % bound);
  for (;;) {
    const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
    if (value < fair) return value % bound;
  }
}
