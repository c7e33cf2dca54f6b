import { pathToFileURL } from 'node:url';
import { HostError } from '../host-error.ts';
import { messageOf } from '../message-of.ts';
import type { AppRegistry } from './app-registry.ts';

/**
 * Loads the app's entry files, runs its `appStart` hooks, and closes the registry.
 * Throws `HostError` that names the file where one cannot be loaded, or says that no function was registered.
 */
export async function loadApp(registry: AppRegistry, folder: string, entryFiles: readonly string[]): Promise<void> {
  for (const file of entryFiles) await loadFile(file);
  if (!registry.model || registry.functions.size === 0) {
    throw new HostError(
      `${entryFiles.join(', ')} registered no function. Register functions with "app" of @azure/functions, and keep one copy of that package.`,
    );
  }
  const context = { hookData: {}, appHookData: registry.appHookData, functionAppDirectory: folder };
  for (const hook of registry.hooks.get('appStart') ?? []) await hook(context);
  const capabilities = await registry.model.getCapabilities({
    RawHttpBodyBytes: 'true',
    RpcHttpBodyOnly: 'true',
    UseNullableValueDictionaryForHttp: 'true',
  });
  if (capabilities['HttpUri'])
    throw new HostError(
      'The app turns on HTTP streaming (app.setup enableHttpStream), which this host does not offer. Remove the setting.',
    );
  registry.started = true;
}

async function loadFile(file: string): Promise<void> {
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    throw new HostError(`${file} could not be loaded: ${messageOf(error)}`);
  }
}

/** Runs the app's `appTerminate` hooks, once, when the host stops. */
export async function terminateApp(registry: AppRegistry): Promise<void> {
  const context = { hookData: {}, appHookData: registry.appHookData };
  for (const hook of registry.hooks.get('appTerminate') ?? []) await hook(context);
}
