import { posix } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** One import or re-export of a module. `target` is the file it resolves to, relative to the checkout; undefined for a package. */
export type Import = { readonly specifier: string; readonly target: string | undefined; readonly isTypeOnly: boolean };

/** What the checks need to know of a file: its imports of every kind, whether it re-exports, and where it reads the wall clock. */
export type SourceFile = {
  readonly path: string;
  readonly text: string;
  readonly comments: readonly string[];
  readonly imports: readonly Import[];
  readonly isReexporting: boolean;
  readonly isReadingClock: boolean;
};

/** Parses one TypeScript or JavaScript file; `path` is relative to the checkout, with forward slashes. Throws on a syntax error. */
export function parseSourceFile(path: string, text: string): SourceFile {
  const { module, program, comments, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const imports: Import[] = [];
  const add = (specifier: string, isTypeOnly: boolean): number => imports.push({ specifier, target: resolve(path, specifier), isTypeOnly });
  for (const { moduleRequest, entries } of module.staticImports)
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType));
  const reexports = module.staticExports.flatMap(({ entries }) => entries).filter((entry) => entry.moduleRequest !== null);
  for (const { moduleRequest, isType } of reexports) if (moduleRequest) add(moduleRequest.value, isType);
  let isReadingClock = false;
  new Visitor({
    ImportExpression: ({ source }) => void (source.type === 'Literal' && typeof source.value === 'string' && add(source.value, false)),
    TSImportType: ({ source }) => void add(source.value, true),
    NewExpression: ({ callee, arguments: given }) => {
      if (callee.type === 'Identifier' && callee.name === 'Date' && given.length === 0) isReadingClock = true;
    },
    MemberExpression: ({ object, property }) => {
      if (object.type === 'Identifier' && property.type === 'Identifier' && CLOCKS.has(`${object.name}.${property.name}`))
        isReadingClock = true;
    },
  }).visit(program);
  return { path, text, comments: comments.map(({ value }) => value.trim()), imports, isReexporting: reexports.length > 0, isReadingClock };
}

const CLOCKS = new Set(['Date.now', 'Temporal.Now']);

function resolve(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : undefined;
}
