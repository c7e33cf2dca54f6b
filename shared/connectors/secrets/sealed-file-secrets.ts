import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Secrets } from '../../ports/secrets.ts';
import { configuredSecret } from './configured-secret.ts';
import { openSealingKey } from './sealing-key.ts';
import { seal, unseal } from './seal.ts';
import { syncFolder, writeDurably } from './write-durably.ts';

/** `configured` maps names to values, for example from the environment; `folder` holds the key and what is kept. */
export type SealedFileSettings = { readonly folder: string; readonly configured: Readonly<Record<string, string | undefined>> };

const kept = z.object({ value: z.string(), expiresAt: z.number() });
type Kept = z.infer<typeof kept>;

/**
 * Secrets in files: configured ones as given, kept ones each sealed in a file whose name is a hash, so that neither name nor value can be read from the folder. A secret that was kept survives the
 * death of the process; one that was taken is gone from the disk before its value is given out.
 */
export async function openSealedFileSecrets(settings: SealedFileSettings): Promise<Secrets> {
  const key = await openSealingKey(settings.folder);
  const folder = join(settings.folder, 'kept');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (name: string): string => join(folder, createHash('sha256').update(name).digest('hex'));
  return {
    read: configuredSecret(settings.configured),
    keep: (name, value, expiresAt) => writeDurably(pathOf(name), seal(key, name, JSON.stringify({ value, expiresAt }))),
    has: async (name, now) => {
      const found = await readKept(key, name, pathOf(name));
      if (found !== undefined && found.expiresAt <= now) await rm(pathOf(name), { force: true });
      return found !== undefined && found.expiresAt > now;
    },
    take: async (name, now) => {
      const found = await removeKept(key, name, pathOf(name));
      return found !== undefined && found.expiresAt > now ? found.value : undefined;
    },
    forget: async (name) => {
      await rm(pathOf(name), { force: true });
      await syncFolder(folder);
    },
  };
}

async function readKept(key: Buffer, name: string, path: string): Promise<Kept | undefined> {
  const sealed = await unlessMissing(readFile(path));
  return sealed === undefined ? undefined : kept.parse(JSON.parse(unseal(key, name, sealed)));
}

/** Renaming first decides between two that take at once: only one of them finds the file. */
async function removeKept(key: Buffer, name: string, path: string): Promise<Kept | undefined> {
  const mine = `${path}.${randomUUID()}.taken`;
  if ((await unlessMissing(rename(path, mine).then(() => true))) === undefined) return undefined;
  const found = await readKept(key, name, mine);
  await rm(mine);
  await syncFolder(join(path, '..'));
  return found;
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
