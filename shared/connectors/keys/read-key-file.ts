import { readFile } from 'node:fs/promises';
import { GatehouseError } from '../../errors.ts';

/** The file's text; `config-invalid` with the setting that names it where it cannot be read. */
export async function readKeyFile(path: string | undefined, setting: string): Promise<string> {
  if (path === undefined || path === '')
    throw new GatehouseError('config-invalid', `${setting} is missing: it names the file of a private key.`);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new GatehouseError(
      'config-invalid',
      `${setting}: the file ${path} cannot be read. Check that it is there, and that the process may read it.`,
      { cause: error },
    );
  }
}
