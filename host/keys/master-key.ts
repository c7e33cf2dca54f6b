import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HostError } from '../host-error.ts';
import { newKey } from './new-key.ts';
import { writePrivateFile } from './write-private-file.ts';

/**
 * The host's master key, made at first start and kept in `master-key` of the data folder, readable by its owner
 * only (file mode 600). It opens everything that a key opens. It has a file of its own, which a script can read as it stands.
 * Throws `HostError` where the file is empty or too short to be a key.
 */
export function readMasterKey(folder: string): string {
  const file = join(folder, 'master-key');
  if (!existsSync(file)) writeMasterKey(folder, newKey());
  const key = readFileSync(file, 'utf8').trim();
  if (key.length < 32)
    throw new HostError(`${file} holds no usable key. Delete the file; the host then makes a new key at its next start.`);
  return key;
}

/** Puts another master key in place. */
export function writeMasterKey(folder: string, key: string): void {
  writePrivateFile(join(folder, 'master-key'), key);
}

/**
 * The first system key of the durable HTTP API, made from the master key. It is another one because status addresses
 * carry it to whoever starts an orchestration; on Azure, too, they carry the key `durabletask_extension`.
 */
export function firstDurableKey(masterKey: string): string {
  return createHmac('sha256', masterKey).update('durabletask_extension').digest('base64url');
}
