import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const INSTALLED = resolve(import.meta.dirname, '../../../node_modules');
// What the two libraries of an app need; the app has copies of the libraries themselves.
const NEEDED = [
  '@azure/functions-extensions-base',
  '@opentelemetry',
  'axios',
  'cookie',
  'debug',
  'follow-redirects',
  'form-data',
  'lodash',
  'moment',
  'ms',
  'proxy-from-env',
  'validator',
];

/** Writes an app outside of the checkout, with its own copies of the libraries named, and gives its folder. */
export function outsideApp(
  parent: string,
  name: string,
  files: Readonly<Record<string, string>>,
  libraries: readonly string[] = ['@azure/functions', 'durable-functions'],
): string {
  const folder = join(parent, name);
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@azure'), { recursive: true });
  for (const library of libraries) copyLibrary(library, join(modules, library));
  for (const needed of NEEDED) symlinkSync(join(INSTALLED, needed), join(modules, needed));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return folder;
}

/** Copies what of an installed library runs. */
export function copyLibrary(library: string, to: string): void {
  const from = join(INSTALLED, library);
  const isNeeded = (file: string): boolean => !/\.map$|\.min\.js$|@azure\/functions\/(?:src|types)$/.test(file);
  cpSync(from, to, { recursive: true, filter: isNeeded });
}
