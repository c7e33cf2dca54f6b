import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

export type Parameter = { readonly name: string; readonly isRequired: boolean; readonly decorators: readonly string[] };
export type ModuleUse = { readonly symbol: string; readonly path: string; readonly parameters: readonly string[] };
export type ResourceUse = { readonly symbol: string; readonly type: string; readonly version: string; readonly isExisting: boolean };

/** One file of Bicep, as far as the tests look at it. */
export type BicepFile = {
  readonly path: string;
  readonly text: string;
  /** Where the grammar finds no Bicep. */
  readonly errors: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly modules: readonly ModuleUse[];
  readonly resources: readonly ResourceUse[];
  readonly outputs: readonly string[];
  /** What `module.outputs.name` is used, and of which module. */
  readonly outputsUsed: readonly { readonly module: string; readonly output: string }[];
  /** Every text of the file that holds no expression. */
  readonly texts: readonly string[];
  /** Names that are read somewhere. */
  readonly read: ReadonlySet<string>;
  /** The expression of a variable or a parameter's default. */
  expression(name: string): Node;
  /** The expression of one parameter that a module is given. */
  given(symbol: string, parameter: string): Node;
};

await Parser.init();
const parser = new Parser().setLanguage(
  await Language.load(createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')),
);

/** Reads a file with the grammar tree-sitter-bicep: its syntax, not its types. */
export function readBicep(path: string): BicepFile {
  return parseBicep(path, readFileSync(path, 'utf8'));
}

/** The same, of a text. */
export function parseBicep(path: string, text: string): BicepFile {
  const root = parser.parse(text)?.rootNode;
  if (root === undefined) throw new Error(`${path} could not be parsed.`);
  const all = (type: string) => root.descendantsOfType(type);
  const declared = (name: string) =>
    [...all('variable_declaration'), ...all('parameter_declaration')].find((node) => node.namedChildren[0]?.text === name);
  return {
    path,
    text,
    errors: root.hasError ? [...all('ERROR'), ...missingIn(root)].map((node) => `${path}:${node.startPosition.row + 1} ${node.text}`) : [],
    parameters: all('parameter_declaration').map(toParameter),
    modules: all('module_declaration').map(toModule),
    resources: all('resource_declaration').map(toResource),
    outputs: all('output_declaration').map(nameOf),
    outputsUsed: all('member_expression').flatMap(toOutputUse),
    texts: all('string')
      .filter((node) => !node.children.some((child) => child?.type === 'interpolation'))
      .map((node) => node.text.slice(1, -1)),
    read: new Set(
      all('identifier')
        .filter(isRead)
        .map((node) => node.text),
    ),
    expression: (name) => afterEquals(required(declared(name), `${path} has no ${name}`)),
    given(symbol, parameter) {
      const node = required(
        all('module_declaration').find((one) => nameOf(one) === symbol),
        `${path} has no module ${symbol}`,
      );
      return valueOf(required(propertyOf(paramsOf(node), parameter), `${symbol} is not given ${parameter}`));
    },
  };
}

function missingIn(root: Node): readonly Node[] {
  return root.isMissing ? [root] : root.children.flatMap((child) => (child === null ? [] : missingIn(child)));
}

function toParameter(node: Node): Parameter {
  const before = node.previousNamedSibling;
  const decorators = before?.type === 'decorators' ? before.descendantsOfType('decorator').map((one) => one.text) : [];
  return { name: nameOf(node), isRequired: !node.children.some((child) => child?.type === '='), decorators };
}

function toModule(node: Node): ModuleUse {
  return {
    symbol: nameOf(node),
    path: pathOf(node),
    parameters: paramsOf(node).flatMap((one) => (one.type === 'object_property' ? [keyOf(one)] : [])),
  };
}

function toResource(node: Node): ResourceUse {
  const [type = '', version = ''] = pathOf(node).split('@');
  return { symbol: nameOf(node), type, version, isExisting: node.children.some((child) => child?.type === 'existing') };
}

/** `name.outputs.x` and `name[0].outputs.x`. */
function toOutputUse(node: Node): readonly { module: string; output: string }[] {
  const [of, output] = node.namedChildren;
  if (of?.type !== 'member_expression' || of.namedChildren[1]?.text !== 'outputs' || output === undefined || output === null) return [];
  const target = of.namedChildren[0];
  const name = target?.type === 'subscript_expression' ? target.namedChildren[0]?.text : target?.text;
  return [{ module: name ?? '', output: output.text }];
}

function isRead(node: Node): boolean {
  const { parent } = node;
  const isNameOfDeclaration = parent?.type.endsWith('_declaration') === true && parent.namedChildren[0]?.id === node.id;
  const isKey = parent?.type === 'object_property' && parent.namedChildren[0]?.id === node.id;
  return !isNameOfDeclaration && !isKey;
}

function nameOf(node: Node): string {
  return node.namedChildren.find((child) => child?.type === 'identifier')?.text ?? '';
}

function pathOf(node: Node): string {
  return node.namedChildren.find((child) => child?.type === 'string')?.text.slice(1, -1) ?? '';
}

/** The properties of `params` of a module, with or without a loop or a condition around its body. */
function paramsOf(node: Node): readonly Node[] {
  const bodies = node.descendantsOfType('object_property').filter((one) => keyOf(one) === 'params');
  return (bodies[0] === undefined ? [] : valueOf(bodies[0]).namedChildren).filter((child) => child !== null);
}

function propertyOf(properties: readonly Node[], name: string): Node | undefined {
  return properties.find((one) => one.type === 'object_property' && keyOf(one) === name);
}

/** The key of a property of an object, without quotes. */
export function keyOf(property: Node): string {
  const key = property.namedChildren[0];
  return (key?.type === 'string' ? key.text.slice(1, -1) : key?.text) ?? '';
}

/** The value of a property of an object. */
export function valueOf(property: Node): Node {
  return required(property.namedChildren.at(-1) ?? undefined, `${property.text} has no value`);
}

function afterEquals(node: Node): Node {
  const place = node.children.findIndex((child) => child?.type === '=');
  return required(node.children[place + 1] ?? undefined, `${node.text} has no value`);
}

function required<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new Error(otherwise);
  return value;
}
