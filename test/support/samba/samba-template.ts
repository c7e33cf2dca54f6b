import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { domain } from '../../../sandbox/directory/domain.ts';
import { crowd, fingerprint, sambaWorld, type SambaWorld } from './samba-world.ts';
import { sambaConfiguration } from './samba-configuration.ts';

const cache = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache');
// Samba's tools need the system's own Python, not another that comes first on the path.
const environment = { ...process.env, PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };
export const administratorPassword = 'Administrator-Samba-1';

/** `company`: the people and groups of the sandbox's directory; `crowd`: besides them a group of more members than Active Directory gives at once. */
export type SambaKind = 'company' | 'crowd';

/** The folder of a domain that is provisioned and filled, to be copied. It is made once and kept beside other caches; two processes that make it at the same time end with one. */
export async function sambaTemplate(kind: SambaKind): Promise<string> {
  const world = kind === 'company' ? sambaWorld() : crowd();
  const made = await Promise.all([seed, import.meta.filename].map((file) => readFile(file, 'utf8')));
  const kept = join(cache, `samba-${fingerprint([sambaWorld(), world, made])}`);
  if (existsSync(kept)) return kept;
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'samba-new-'));
  try {
    if (kind === 'company') await provision(folder);
    else await promisify(execFile)('cp', ['-a', join(await sambaTemplate('company'), 'dc'), folder]);
    await fill(folder, world);
    await rename(folder, kept).catch((error: unknown) => {
      if (!existsSync(kept)) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return kept;
}

const seed = join(import.meta.dirname, 'seed.py');

async function provision(folder: string): Promise<void> {
  const options = [
    '--server-role=dc',
    '--dns-backend=NONE',
    '--host-name=dc1',
    '--host-ip=127.0.0.1',
    `--adminpass=${administratorPassword}`,
  ];
  const names = [`--realm=${domain.dnsName.toUpperCase()}`, `--domain=${domain.netbiosName}`, `--targetdir=${join(folder, 'dc')}`];
  const loopback = ['--option=interfaces=127.0.0.1/8', '--option=bind interfaces only=yes'];
  await tool(['domain', 'provision', '-s', '/dev/null', ...names, ...options, ...loopback]);
  const policy = [
    '--min-pwd-length=12',
    '--complexity=on',
    '--history-length=24',
    '--min-pwd-age=0',
    '--max-pwd-age=0',
    '--account-lockout-threshold=4',
  ];
  await tool(['domain', 'passwordsettings', 'set', '-s', await settingsIn(folder), ...policy]);
}

async function settingsIn(folder: string): Promise<string> {
  const settings = join(folder, 'smb.conf');
  await writeFile(settings, sambaConfiguration(folder, '127.0.0.1', {}));
  return settings;
}

async function fill(folder: string, world: SambaWorld): Promise<void> {
  const python = spawn('/usr/bin/python3', [seed], { env: environment, stdio: ['pipe', 'ignore', 'pipe'] });
  python.stdin.end(JSON.stringify({ ...world, settings: await settingsIn(folder) }));
  const said: string[] = [];
  python.stderr.on('data', (bytes: Buffer) => said.push(bytes.toString()));
  const [code] = await once(python, 'close');
  if (code !== 0) throw new Error(`The domain could not be filled: ${said.join('')}`);
}

async function tool(parameters: readonly string[]): Promise<void> {
  await promisify(execFile)('/usr/bin/samba-tool', parameters, { env: environment });
}
