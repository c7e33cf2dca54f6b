// npm run package: builds what is deployed to Azure, dist/app and dist/gatehouse.zip, and says how large it is. Exit code 1 where it has become too large.
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildApp } from './package/build-app.ts';
import { zipFolder } from './package/zip-folder.ts';

/** 15 MB: an instance that wakes up fetches and unpacks it before anything else. */
const limit = 15_000_000;

const dist = resolve(import.meta.dirname, '../dist');
const app = join(dist, 'app');
const zip = join(dist, 'gatehouse.zip');

rmSync(app, { recursive: true, force: true });
await buildApp(app);
writeFileSync(zip, zipFolder(app));
const { size } = statSync(zip);
console.log(`${app}\n${zip}: ${(size / 1_000_000).toFixed(2)} MB`);
if (size > limit) {
  console.error(`That is more than ${limit / 1_000_000} MB. Look in ${join(app, 'chunks')} at what has grown.`);
  process.exitCode = 1;
}
