import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { z } from 'zod';
import { buildApp } from '../../scripts/package/build-app.ts';

const checkout = resolve(import.meta.dirname, '../..');

/** One way to lay out the app that is deployed. */
export type Variant = { readonly name: string; readonly folder: string };

/** The app as it is packed; the same with a file for every source and its packages beside it; and the checkout, whose types Node erases at every start. */
export async function buildVariants(parent: string): Promise<readonly Variant[]> {
  const bundled = join(parent, 'bundled');
  await buildApp(bundled);
  const unbundled = join(parent, 'unbundled');
  await buildUnbundled(unbundled, bundled);
  return [
    { name: 'bundled', folder: bundled },
    { name: 'unbundled', folder: unbundled },
    { name: 'sources', folder: checkout },
  ];
}

async function buildUnbundled(folder: string, bundled: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const build = await rolldown({
    input: { main: join(checkout, 'functions/main.ts') },
    cwd: checkout,
    platform: 'node',
    external: [/^[^./]/, /\/open-embedded\.ts$/],
  });
  await build.write({ dir: join(folder, 'app'), format: 'esm', preserveModules: true, preserveModulesRoot: checkout });
  await build.close();
  for (const name of ['host.json', 'servicebus.json', 'config']) cpSync(join(bundled, name), join(folder, name), { recursive: true });
  const manifest = readFileSync(join(bundled, 'package.json'), 'utf8').replace('"main.js"', '"app/main.js"');
  mkdirSync(join(folder, 'node_modules'));
  for (const path of packagesAtRunTime()) cpSync(join(checkout, path), join(folder, path), { recursive: true });
  writeFileSync(join(folder, 'package.json'), manifest);
}

const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().default(false), optional: z.boolean().default(false), devOptional: z.boolean().default(false) }),
  ),
});
/** What only the embedded database, the command line and the host load. */
const leftOut = /node_modules\/(@electric-sql|commander|table|croner)(\/|$)/;

/** What `npm ci --omit=dev --omit=optional` would install, by its path, without what the app never loads. */
function packagesAtRunTime(): readonly string[] {
  const { packages } = lockfile.parse(JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')));
  return Object.entries(packages).flatMap(([path, { dev, optional, devOptional }]) =>
    path !== '' && !dev && !optional && !devOptional && !leftOut.test(path) && existsSync(join(checkout, path)) ? [path] : [],
  );
}
