import type { Node } from 'web-tree-sitter';
import { keyOf, valueOf } from './bicep-file.ts';

export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [key: string]: Value }
  | ((...given: readonly Value[]) => Value);
/** What a name stands for. */
export type Names = (name: string) => Value;

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
const isFunction = (value: Value): value is (...given: readonly Value[]) => Value => typeof value === 'function';
const textOf = (value: Value): string => (typeof value === 'string' ? value : JSON.stringify(value));

// The functions of Bicep that our variables use: https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions
const functions: Readonly<Record<string, (...given: readonly Value[]) => Value>> = {
  empty: (value) => value === '' || value === null || (typeof value === 'object' && Object.keys(value ?? {}).length === 0),
  fail: (message) => {
    throw new Error(textOf(message ?? ''));
  },
  filter: (list, test) => (isList(list ?? null) ? (list as readonly Value[]).filter((one) => call(test ?? null, one) === true) : []),
  replace: (text, old, other) => textOf(text ?? '').replaceAll(textOf(old ?? ''), textOf(other ?? '')),
  string: (value) => textOf(value ?? ''),
  take: (text, length) => textOf(text ?? '').slice(0, Number(length)),
  tenant: () => ({ tenantId: '11111111-2222-4333-8444-555555555555' }),
  environment: () => ({
    authentication: { loginEndpoint: 'https://login.microsoftonline.com/' },
    suffixes: { keyvaultDns: '.vault.azure.net', storage: 'core.windows.net' },
  }),
  subscription: () => ({ id: '/subscriptions/00000000-0000-0000-0000-000000000000' }),
  toObject: (list, key, value) =>
    Object.fromEntries((list as readonly Value[]).map((one) => [textOf(call(key ?? null, one)), call(value ?? null, one)])),
  toUpper: (text) => textOf(text ?? '').toUpperCase(),
  union: (...objects) => Object.assign({}, ...objects) as Value,
  uniqueString: () => 'abcdefghijklm',
};

function call(of: Value, ...given: readonly Value[]): Value {
  if (!isFunction(of)) throw new Error('What is called is no function.');
  return of(...given);
}

type Evaluator = (parts: readonly Node[], names: Names, node: Node) => Value;

const first: Evaluator = (parts, names) => evaluate(part(parts, 0), names);

const evaluators: Readonly<Record<string, Evaluator>> = {
  number: (_, __, node) => Number(node.text),
  boolean: (_, __, node) => node.text === 'true',
  identifier: (_, names, node) => names(node.text),
  string: (parts, names) =>
    parts.map((one) => (one.type === 'interpolation' ? textOf(evaluate(part(one.namedChildren, 0), names)) : unescaped(one.text))).join(''),
  object: (parts, names) =>
    Object.fromEntries(parts.filter((one) => one.type === 'object_property').map((one) => [keyOf(one), evaluate(valueOf(one), names)])),
  array: (parts, names) => parts.map((one) => evaluate(one, names)),
  parenthesized_expression: first,
  ternary_expression: (parts, names, node) => evaluate(part(parts, first(parts, names, node) === true ? 1 : 2), names),
  member_expression: (parts, names, node) => ofLast(part(parts, 0), names, (of) => memberOf(of, part(parts, 1).text, node)),
  subscript_expression(parts, names, node) {
    const isOptional = node.children.some((child) => child?.type === '?');
    const key = evaluate(part(parts, 1), names);
    return ofLast(part(parts, 0), names, (of) => (isOptional ? (inside(of, key) ?? null) : memberOf(of, key, node)));
  },
  binary_expression: (parts, names, node) => binary(node, (place) => evaluate(part(parts, place), names)),
  call_expression: (_, names, node) => called(node, names),
  lambda_expression: (parts, names) => (given) =>
    evaluate(part(parts, 1), (name) => (name === part(parts, 0).text ? (given ?? null) : names(name))),
  for_statement: (parts, names) => loop(parts, names),
};

/** The value of an expression of Bicep, as much of the language as our variables use. Anything else throws. */
export function evaluate(node: Node, names: Names): Value {
  const evaluator = evaluators[node.type];
  if (evaluator === undefined) throw new Error(`There is no evaluation of ${node.type}: ${node.text.slice(0, 80)}`);
  return evaluator(node.namedChildren.filter((child) => child !== null && child.type !== 'comment') as Node[], names, node);
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, '$1');
}

function part(parts: readonly (Node | null)[], place: number): Node {
  const found = parts[place];
  if (found === undefined || found === null) throw new Error('An expression has a part too few.');
  return found;
}

function inside(of: Value, key: Value): Value | undefined {
  return typeof of === 'object' && of !== null ? (of as Record<string, Value>)[textOf(key)] : undefined;
}

function memberOf(of: Value, key: Value, node: Node): Value {
  const found = inside(of, key);
  if (found === undefined) throw new Error(`${node.text}: there is no ${textOf(key)}.`);
  return found;
}

/** The grammar takes `a * b.c` for `(a * b).c`, and `a ? b : c.d` for `(a ? b : c).d`; Bicep means the last part. */
function ofLast(node: Node, names: Names, then: (of: Value) => Value): Value {
  const parts = node.namedChildren.filter((child) => child !== null) as Node[];
  const at = (place: number): Value => evaluate(part(parts, place), names);
  if (node.type === 'member_expression') return ofLast(part(parts, 0), names, (of) => then(memberOf(of, part(parts, 1).text, node)));
  if (node.type === 'ternary_expression') return at(0) === true ? at(1) : ofLast(part(parts, 2), names, then);
  if (node.type === 'binary_expression') return binary(node, (place) => (place === 1 ? ofLast(part(parts, 1), names, then) : at(0)));
  return then(evaluate(node, names));
}

function binary(node: Node, at: (place: number) => Value): Value {
  const operator = node.children.find((child) => child !== null && !child.isNamed)?.type ?? '';
  if (operator === '&&') return at(0) === true && at(1) === true;
  if (operator === '??') return at(0) ?? at(1);
  const [left, right] = [at(0), at(1)];
  if (operator === '==') return left === right;
  if (operator === '+') return Number(left) + Number(right);
  if (operator === '*') return Number(left) * Number(right);
  if (operator === '<=') return Number(left) <= Number(right);
  throw new Error(`There is no evaluation of ${operator}.`);
}

function called(node: Node, names: Names): Value {
  const name = node.namedChildren[0]?.text ?? '';
  const found = functions[name];
  if (found === undefined) throw new Error(`There is no evaluation of ${name}().`);
  const given = (node.namedChildren[1]?.namedChildren ?? []).filter((child) => child !== null && child.type !== 'comment') as Node[];
  return found(...given.map((one) => evaluate(one, names)));
}

/** `[for one in list: …]` and `[for (one, place) in list: …]`. */
function loop(parts: readonly Node[], names: Names): Value {
  const [variables, list, body] = [part(parts, 0), part(parts, 1), part(parts, 2)];
  const [one = '', place = ''] =
    variables.type === 'identifier' ? [variables.text] : variables.namedChildren.map((child) => child?.text ?? '');
  return (evaluate(list, names) as readonly Value[]).map((value, index) =>
    evaluate(body, (name) => (name === one ? value : name === place ? index : names(name))),
  );
}
