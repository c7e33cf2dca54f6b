import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { z } from 'zod';
import type { ProblemList } from '../problem-list.ts';
import { readYaml, type YamlFile } from '../yaml/yaml-file.ts';

/** A file's checked content, with the file itself for the places of later findings. */
export type Loaded<Data> = { readonly file: YamlFile; readonly data: Data };

/** The folder that configuration is read from; everything wrong with a file goes to the problem list. */
export type ConfigFolder = {
  /** A file by a schema; undefined where it is missing or does not fit. */
  load<Data>(name: string, schema: z.ZodType<Data>): Loaded<Data> | undefined;
  /** Every `.yaml` file of a folder by a schema, in the order of their names; those that do not fit are left out. */
  loadAll<Data>(folder: string, schema: z.ZodType<Data>): readonly Loaded<Data>[];
  /** Every file of a folder with the given ending: its name without the ending, what messages call it, and its text. */
  texts(folder: string, ending: string): readonly { readonly id: string; readonly name: string; readonly text: string }[];
  /** Notes that something is wrong with a file or folder as a whole. */
  note(name: string, message: string): void;
};

export function openConfigFolder(directory: string, problems: ProblemList): ConfigFolder {
  const root = basename(resolve(directory));
  const shown = (name: string) => `${root}/${name}`;
  const note = (name: string, message: string) => problems.addAt({ file: shown(name), line: 1, column: 1, path: '', message });
  const namesIn = (folder: string, ending: string) => {
    const path = join(directory, folder);
    if (!existsSync(path)) note(folder, 'this folder is missing');
    const names = existsSync(path)
      ? readdirSync(path)
          .filter((name) => !name.startsWith('.'))
          .toSorted()
      : [];
    for (const name of names.filter((one) => !one.endsWith(ending)))
      note(`${folder}/${name}`, `is not read: files of this folder end in ${ending}`);
    return names.filter((name) => name.endsWith(ending));
  };
  const load = <Data>(name: string, schema: z.ZodType<Data>): Loaded<Data> | undefined => {
    if (!existsSync(join(directory, name))) {
      note(name, 'this file is missing');
      return undefined;
    }
    const file = readYaml(join(directory, name), shown(name));
    const data = problems.parse(file, schema);
    return data === undefined ? undefined : { file, data };
  };
  return {
    load,
    note,
    loadAll: (folder, schema) => namesIn(folder, '.yaml').flatMap((name) => load(`${folder}/${name}`, schema) ?? []),
    texts: (folder, ending) =>
      namesIn(folder, ending).map((name) => ({
        id: name.slice(0, -ending.length),
        name: shown(`${folder}/${name}`),
        text: readFileSync(join(directory, folder, name), 'utf8'),
      })),
  };
}
