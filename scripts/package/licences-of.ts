import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const manifest = z.object({ name: z.string(), version: z.string(), license: z.string().optional() });

/** The licences of the packages that these files are of, by name, with their words where the package brings them: they have to go where the code goes. */
export function licencesOf(files: readonly string[]): string {
  const folders = new Set(files.flatMap((file) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file) ?? []));
  return [...folders]
    .map(licenceOf)
    .toSorted()
    .join(`\n${'-'.repeat(80)}\n`);
}

function licenceOf(folder: string): string {
  const { name, version, license } = manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  const [file] = globSync('{LICENSE,LICENCE,License,license}*', { cwd: folder }).toSorted();
  const words = file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : '';
  return `${name} ${version}: ${license ?? 'see below'}\n${words === '' ? '' : `\n${words}\n`}`;
}
