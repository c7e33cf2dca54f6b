import type { NameScheme } from '../../mapping/name-spec.ts';
import { namesFile } from '../files/names-file.ts';
import type { ProblemList } from '../problem-list.ts';
import { compileAt } from './compile-at.ts';
import type { ConfigFolder } from './config-folder.ts';

export type Schemes = ReadonlyMap<string, NameScheme>;

/** names.yaml: the name schemes by their ids. A scheme's scope is its id unless it says otherwise. */
export function loadNames(folder: ConfigFolder, problems: ProblemList): Schemes | undefined {
  const loaded = folder.load('names.yaml', namesFile);
  if (!loaded) return undefined;
  const { file, data } = loaded;
  const schemes = Object.entries(data.names).flatMap(
    ([id, { scope, within, base, characters, ...rest }]): readonly (readonly [string, NameScheme])[] => {
      const compiled = compileAt(base, { file, path: ['names', id, 'base'] }, problems);
      return compiled
        ? [[id, { id, scope: scope ?? id, within: within ?? null, base: compiled, characters: characters ?? null, ...rest }]]
        : [];
    },
  );
  return schemes.length === Object.keys(data.names).length ? new Map(schemes) : undefined;
}
