import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GatehouseError } from '../../errors.ts';
import { syncFolder, writeDurably } from './write-durably.ts';

const keyBytes = 32;

/** The key of the folder's sealed secrets, made at first use in a file that only its owner can read. Throws `config-invalid` when others can read it, or it is not a key. */
export async function openSealingKey(folder: string): Promise<Buffer> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'sealing.key');
  const key = (await existingKey(path)) ?? (await makeKey(folder, path));
  if (key.length === keyBytes) return key;
  throw new GatehouseError(
    'config-invalid',
    `The key file ${path} is not ${keyBytes} bytes long. Restore it from a copy; without it the kept secrets cannot be read.`,
  );
}

async function existingKey(path: string): Promise<Buffer | undefined> {
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new GatehouseError('config-invalid', `The key file ${path} can be read by others. Run: chmod 600 ${path}`);
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Two that start together agree on one key: linking fails for the second, which then reads the first's. */
async function makeKey(folder: string, path: string): Promise<Buffer> {
  const draft = `${path}.${randomUUID()}`;
  await writeDurably(draft, randomBytes(keyBytes));
  await chmod(draft, 0o600);
  try {
    await link(draft, path);
    await syncFolder(folder);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(path);
}
