import { existsSync, globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { HostError } from '../host-error.ts';
import { readJsonFile } from './read-json-file.ts';

const packageJson = z.object({ main: z.string('expected the entry file of the functions, or a glob') });

/**
 * The app's entry files, absolute and sorted: `main` of its package.json, a file or a glob
 * (https://learn.microsoft.com/azure/azure-functions/functions-reference-node#registering-a-function).
 * Throws `HostError` where the folder, package.json, `main`, or every file that it matches is missing.
 */
export function readEntryFiles(folder: string): readonly string[] {
  if (!existsSync(folder))
    throw new HostError(`The app folder ${folder} does not exist. Give the folder that holds package.json and host.json.`);
  const file = join(folder, 'package.json');
  const settings = readJsonFile(file, packageJson);
  if (!settings)
    throw new HostError(`${file} is missing. An app needs a package.json whose "main" names the file that registers its functions.`);
  const files = globSync(settings.main, { cwd: folder })
    .map((match) => resolve(folder, match))
    .sort();
  if (files.length === 0) throw new HostError(`${file}: "main" is "${settings.main}", but no such file exists in ${folder}.`);
  return files;
}
