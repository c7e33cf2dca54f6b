import { contractDocument, type ContractOperation } from './contract-document.ts';

/** The operation that a request addresses. `key` is the method and the path template, for example `GET /users/{user-id}`. */
export type MatchedOperation = {
  readonly is: 'operation';
  readonly key: string;
  readonly template: string;
  readonly method: string;
  readonly operation: ContractOperation;
  readonly parameters: Readonly<Record<string, string>>;
};

/** An address that the contract does not have, or a method that it does not have there. */
export type Unmatched = { readonly is: 'unknownPath'; readonly segment: string } | { readonly is: 'unknownMethod' };

type Node = {
  readonly literals: Map<string, Node>;
  parameter: { readonly name: string; readonly node: Node } | undefined;
  template: string | undefined;
};

let root: Node | undefined;

/** Finds the operation for a method and a path below `/v1.0` without its query. Literal segments win over parameters; values are percent-decoded. */
export function matchOperation(method: string, path: string): MatchedOperation | Unmatched {
  root ??= buildTree();
  const parameters: Record<string, string> = {};
  let node = root;
  for (const segment of path
    .split('/')
    .filter((part) => part !== '')
    .map(decode)) {
    const next = node.literals.get(segment) ?? node.parameter?.node;
    if (next === undefined) return { is: 'unknownPath', segment };
    if (next === node.parameter?.node) parameters[node.parameter.name] = segment;
    node = next;
  }
  if (node.template === undefined) return { is: 'unknownPath', segment: path };
  const operation = contractDocument().paths[node.template]?.[method.toLowerCase()];
  if (operation === undefined) return { is: 'unknownMethod' };
  return { is: 'operation', key: `${method} ${node.template}`, template: node.template, method, operation, parameters };
}

function buildTree(): Node {
  const tree = emptyNode();
  for (const template of Object.keys(contractDocument().paths)) {
    const end = template.slice(1).split('/').reduce(descend, tree);
    end.template = template;
    // A function without parameters may be called without its parentheses, and everybody does.
    if (template.endsWith('()')) template.slice(1, -2).split('/').reduce(descend, tree).template = template;
  }
  return tree;
}

function descend(node: Node, segment: string): Node {
  if (segment.startsWith('{')) {
    node.parameter ??= { name: segment.slice(1, -1), node: emptyNode() };
    return node.parameter.node;
  }
  const known = node.literals.get(segment) ?? emptyNode();
  node.literals.set(segment, known);
  return known;
}

function emptyNode(): Node {
  return { literals: new Map(), parameter: undefined, template: undefined };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
