import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

/** A program outside npm that some tests run. `setting` is the environment variable that tells them where it is. */
export type SystemPackage = {
  readonly name: string;
  readonly setting: string;
  readonly install: string;
  readonly find: (path: string) => string | undefined;
};

const DEBIAN_POSTGRESQL = '/usr/lib/postgresql';
const OLDEST_POSTGRESQL = 15;

/** Every system package that tests may use, with the Debian packages that bring it. */
export const systemPackages: readonly SystemPackage[] = [
  { name: 'PostgreSQL 15 or later', setting: 'GATEHOUSE_TEST_POSTGRES', install: 'postgresql', find: findPostgresql },
  {
    name: 'Samba',
    setting: 'GATEHOUSE_TEST_SAMBA',
    install: 'samba samba-ad-provision samba-dsdb-modules samba-vfs-modules',
    find: (path) => onPath(path, ['samba']),
  },
  {
    name: 'Chromium',
    setting: 'GATEHOUSE_TEST_CHROMIUM',
    install: 'chromium',
    find: (path) => onPath(path, ['chromium', 'chromium-browser', 'google-chrome']),
  },
];

/** Where each installed package is, keyed by its setting: the folder of PostgreSQL's programs, the program itself of the others. A setting already made is kept. */
export function findSystemPackages(environment: NodeJS.ProcessEnv = process.env): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  // Debian keeps daemons in /usr/sbin, which is not on every user's PATH.
  const path = [environment['PATH'] ?? '', '/usr/sbin'].join(delimiter);
  for (const { setting, find } of systemPackages) {
    const where = environment[setting] ?? find(path);
    if (where) found[setting] = where;
  }
  return found;
}

/** The packages that the TypeScript files under `folder` ask for by the name of their setting. */
export function packagesUsedIn(folder: string): readonly SystemPackage[] {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const sources = files.filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(folder, file), 'utf8'));
  return systemPackages.filter(({ setting }) => sources.some((source) => source.includes(`'${setting}'`)));
}

function findPostgresql(path: string): string | undefined {
  const versions = existsSync(DEBIAN_POSTGRESQL) ? readdirSync(DEBIAN_POSTGRESQL).map(Number) : [];
  const newest = Math.max(...versions.filter((version) => version >= OLDEST_POSTGRESQL));
  if (Number.isFinite(newest)) return join(DEBIAN_POSTGRESQL, String(newest), 'bin');
  return path.split(delimiter).find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

function onPath(path: string, names: readonly string[]): string | undefined {
  const candidates = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find((candidate) => existsSync(candidate));
}
