import { didYouMean } from '../../domain/schema/did-you-mean.ts';
import { compileExpression, type Compiled } from '../../mapping/compile-expression.ts';
import { isMappingFact, mappingFactNames } from '../../mapping/mapping-facts.ts';
import { MappingError } from '../../mapping/mapping-error.ts';
import type { ProblemList } from '../problem-list.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';

/** Where an expression stands; `known` are the attributes that it may name besides those of workers, or instead of them where `only` says so. */
export type ExpressionPlace = {
  readonly file: YamlFile;
  readonly path: readonly (string | number)[];
  readonly known?: readonly string[];
  readonly only?: boolean;
};

/** Compiles an expression of a file; undefined, with the mistake noted, where it is wrong or names an attribute that no worker has. */
export function compileAt(
  text: string,
  { file, path, known = [], only = false }: ExpressionPlace,
  problems: ProblemList,
): Compiled | undefined {
  try {
    const compiled = compileExpression(text);
    const unknown = compiled.attributes.filter(({ name }) => !known.includes(name) && (only || !isMappingFact(name)));
    for (const { name, position } of unknown)
      problems.add(file, path, unknownAttribute(name, position, only ? known : [...mappingFactNames, ...known]));
    return unknown.length === 0 ? compiled : undefined;
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    problems.add(file, path, `character ${error.position + 1} of the expression: ${error.message}`);
    return undefined;
  }
}

function unknownAttribute(name: string, position: number, names: readonly string[]): string {
  const near = didYouMean(name, names);
  const custom = isMappingFact(names[0] ?? '') ? ', custom.<name>' : '';
  return `character ${position + 1} of the expression: there is no attribute [${name}].${near} Attributes: ${names.join(', ')}${custom}`;
}
