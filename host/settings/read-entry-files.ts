import { existsSync, globSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { HostError } from '../host-error.ts';
import { readJsonFile } from './read-json-file.ts';

const packageJson = z.object({ main: z.string('expected the file that registers the functions, or a glob').optional() });

/**
 * The app's entry files, absolute and sorted: `main` of its package.json, a file or a glob
 * (https://learn.microsoft.com/azure/azure-functions/functions-reference-node#registering-a-function).
 * Throws `HostError` where the folder, package.json, `main`, or every file that it matches is missing, and for an app of the model that
 * has a function.json for every function.
 */
export function readEntryFiles(folder: string): readonly string[] {
  if (!existsSync(folder))
    throw new HostError(`The app folder ${folder} does not exist. Give the folder that holds package.json and host.json.`);
  const file = join(folder, 'package.json');
  const content = readJsonFile(file, packageJson);
  if (content?.main === undefined) throw missingMain(folder, file, content !== undefined);
  const files = globSync(content.main, { cwd: folder, exclude: (path) => path === 'node_modules' })
    .map((match) => resolve(folder, match))
    .filter((match) => statSync(match).isFile())
    .sort();
  if (files.length > 0) return files;
  throw new HostError(
    `${file}: "main" is "${content.main}", but no such file exists in ${folder}. Name an existing file, or build the app first.`,
  );
}

function missingMain(folder: string, file: string, exists: boolean): HostError {
  const [old] = oldModelFunctions(folder);
  if (old !== undefined) return new HostError(oldModel(join(folder, old)));
  const problem = exists ? `${file} has no "main".` : `${file} is missing.`;
  return new HostError(`${problem} An app needs a package.json whose "main" names the file that registers its functions, or a glob.`);
}

/** The function.json files of an app of the programming model v3, relative to its folder. */
export function oldModelFunctions(folder: string): readonly string[] {
  return globSync('*/function.json', { cwd: folder });
}

/** Why an app of the programming model v3 is refused; `file` is one of its function.json files. */
export function oldModel(file: string): string {
  return `${file} is of the programming model v3, which this host does not run. Register the functions in code: https://learn.microsoft.com/azure/azure-functions/functions-node-upgrade-v4.`;
}
