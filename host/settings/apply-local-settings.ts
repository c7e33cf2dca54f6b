import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile } from './read-json-file.ts';

const localSettings = z.object({ Values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}) });

/**
 * Puts `Values` of local.settings.json into the environment where a variable is not set yet
 * (https://learn.microsoft.com/azure/azure-functions/functions-develop-local#local-settings-file).
 * Throws `HostError` that names the file and the field.
 */
export function applyLocalSettings(folder: string, environment: NodeJS.ProcessEnv): void {
  const settings = readJsonFile(join(folder, 'local.settings.json'), localSettings);
  for (const [name, value] of Object.entries(settings?.Values ?? {})) environment[name] ??= String(value);
}
