import { join } from 'node:path';
import { z } from 'zod';
import { HostError } from '../host-error.ts';
import { readJsonFile } from './read-json-file.ts';

const localSettings = z.object({
  IsEncrypted: z.boolean('expected true or false').default(false),
  Values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()], 'expected a text, a number, true or false')).default({}),
  Host: z
    .object({
      LocalHttpPort: z.int().min(0).max(65_535).optional(),
      CORS: z.string('expected origins, separated by commas, or *').optional(),
      CORSCredentials: z.boolean().default(false),
    })
    .prefault({}),
});

/** Who may read answers from other pages: the origins, `*` for all, and whether with cookies. */
export type CorsSettings = { readonly origins: readonly string[]; readonly allowsCredentials: boolean };

/** What local.settings.json says, besides the values of settings. */
export type LocalSettings = { readonly port: number | undefined; readonly cors: CorsSettings | undefined };

/**
 * Reads local.settings.json, and puts its `Values` into the environment where a variable is not set yet
 * (https://learn.microsoft.com/azure/azure-functions/functions-develop-local#local-settings-file).
 * Throws `HostError` that names the file and the field, and where the values are encrypted.
 */
export function readLocalSettings(folder: string, environment: NodeJS.ProcessEnv): LocalSettings {
  const file = join(folder, 'local.settings.json');
  const { IsEncrypted, Values, Host } = readJsonFile(file, localSettings) ?? localSettings.parse({});
  if (IsEncrypted)
    throw new HostError(`${file} is encrypted, and only the machine that did it can read it. Run "func settings decrypt" in that folder.`);
  for (const [name, value] of Object.entries(Values)) environment[name] ??= String(value);
  return { port: Host.LocalHttpPort, cors: cors(Host.CORS, Host.CORSCredentials) };
}

function cors(origins: string | undefined, allowsCredentials: boolean): CorsSettings | undefined {
  const list = (origins ?? '').split(',').map((origin) => origin.trim().replace(/\/$/, ''));
  const given = list.filter((origin) => origin !== '');
  return given.length > 0 ? { origins: given, allowsCredentials } : undefined;
}
