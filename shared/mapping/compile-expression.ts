import { didYouMean } from '../domain/schema/did-you-mean.ts';
import type { Call, Expression } from './expression.ts';
import { functionTable } from './functions/function-table.ts';
import { MappingError } from './mapping-error.ts';
import { parseExpression } from './parse-expression.ts';

/** An expression that is known to be well formed. Plain data. */
export type Compiled = {
  readonly text: string;
  readonly expression: Expression;
  /** Every attribute that it may read, with the place of each mention. */
  readonly attributes: readonly { readonly name: string; readonly position: number }[];
  /** True where Redact is used: the value may be written to the target, but not to any log. */
  readonly redacted: boolean;
};

/**
 * Parses an expression and checks that each function exists and has a possible number of arguments; values are looked at only by `evaluate`.
 * Throws MappingError (`parse`, `unknown-function`, `arguments`) with the position.
 */
export function compileExpression(text: string): Compiled {
  const expression = parseExpression(text);
  const nodes = [...nodesOf(expression)];
  for (const node of nodes) if (node.kind === 'call') checkCall(node);
  return {
    text,
    expression,
    attributes: nodes.flatMap((node) => (node.kind === 'attribute' ? [{ name: node.name, position: node.position }] : [])),
    redacted: nodes.some((node) => node.kind === 'call' && node.name === 'Redact'),
  };
}

function* nodesOf(expression: Expression): Generator<Expression> {
  yield expression;
  if (expression.kind === 'call') for (const argument of expression.arguments) if (argument.kind !== 'omitted') yield* nodesOf(argument);
  if (expression.kind === 'compare') yield* [...nodesOf(expression.left), ...nodesOf(expression.right)];
}

function checkCall(call: Call): void {
  const known = functionTable.get(call.name);
  if (!known) throw new MappingError('unknown-function', unknownFunction(call.name), call.position);
  const given = call.arguments.length;
  const used = call.arguments.findLastIndex((argument) => argument.kind !== 'omitted') + 1;
  if (given < known.least || used > known.most)
    throw new MappingError('arguments', `${call.name} takes ${arity(known)}, not ${given}`, call.position);
  const isOdd = call.name === 'Switch' && used % 2 === 1;
  if (isOdd)
    throw new MappingError(
      'arguments',
      'Switch takes a source, a default and then pairs of key and value; one value is missing',
      call.position,
    );
}

function unknownFunction(name: string): string {
  if (name === 'SelectUniqueValue')
    return 'SelectUniqueValue is not available: names that have to be unique are given by name schemes (names.yaml)';
  return `there is no function ${name}.${didYouMean(name, [...functionTable.keys()])} Names are case-sensitive`;
}

function arity({ least, most }: { readonly least: number; readonly most: number }): string {
  if (most === Infinity) return `${least} or more arguments`;
  return least === most ? `${least} ${least === 1 ? 'argument' : 'arguments'}` : `${least} to ${most} arguments`;
}
