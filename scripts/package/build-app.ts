import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { bundle } from './bundle.ts';
import { licencesOf } from './licences-of.ts';

const checkout = resolve(import.meta.dirname, '../..');

/** What the product reads while it runs, besides its code. Without servicebus.json the embedded host has no queues; Azure makes them from the infrastructure. */
const readAtRunTime = ['host.json', 'servicebus.json', 'config', 'LICENSE'];

/** Makes the app that is deployed in a folder: code in few files, configuration, and nothing to install. Answers the files whose code went in, relative to the checkout. */
export async function buildApp(folder: string): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  const modules = await bundle(folder);
  for (const name of readAtRunTime) cpSync(join(checkout, name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'package.json'), manifest());
  writeFileSync(join(folder, 'THIRD-PARTY-LICENCES.txt'), licencesOf(modules));
  return modules.map((file) => relative(checkout, file));
}

/** Azure's worker loads `main`; with no dependencies named, a build on the other side finds nothing to install. */
function manifest(): string {
  const { name, version, license } = z
    .object({ name: z.string(), version: z.string(), license: z.string() })
    .parse(JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')));
  return `${JSON.stringify({ name, version, license, private: true, type: 'module', main: 'main.js', engines: { node: '>=24' } }, undefined, 2)}\n`;
}
