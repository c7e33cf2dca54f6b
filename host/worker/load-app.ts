import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HostError } from '../host-error.ts';
import { messageOf } from '../message-of.ts';
import { oldModel, oldModelFunctions } from '../settings/read-entry-files.ts';
import type { AppRegistry } from './app-registry.ts';

/** What loading an app tells of it. */
export type LoadedApp = {
  /** The address of the server inside the library that HTTP requests are streamed through (`app.setup({ enableHttpStream: true })`). */
  readonly streamUrl: string | undefined;
};

/**
 * Loads the app's entry files, runs its `appStart` hooks, and closes the registry.
 * Throws `HostError` that names the file where one cannot be loaded, where no function was registered, and where the app has two copies of the library.
 */
export async function loadApp(registry: AppRegistry, folder: string, entryFiles: readonly string[]): Promise<LoadedApp> {
  for (const file of entryFiles) await loadFile(file, folder);
  requireOneLibrary(registry);
  if (!registry.model || registry.functions.size === 0) throw nothingRegistered(registry, folder, entryFiles);
  await runStartHooks(registry, folder);
  const capabilities = await registry.model.getCapabilities({
    RawHttpBodyBytes: 'true',
    RpcHttpBodyOnly: 'true',
    UseNullableValueDictionaryForHttp: 'true',
  });
  registry.started = true;
  return { streamUrl: capabilities['HttpUri'] };
}

async function runStartHooks(registry: AppRegistry, folder: string): Promise<void> {
  const context = { hookData: {}, appHookData: registry.appHookData, functionAppDirectory: folder };
  try {
    for (const hook of registry.hooks.get('appStart') ?? []) await hook(context);
  } catch (error) {
    throw new HostError(`A hook of the app's start (app.hook.appStart) failed: ${messageOf(error)}`);
  }
}

async function loadFile(file: string, folder: string): Promise<void> {
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    // Node goes on with its stack of requires; an app may have several things to say.
    const isNodes = isMissing || error instanceof SyntaxError;
    const reason = isNodes ? messageOf(error).split('\n', 1).join('') : messageOf(error);
    throw new HostError(
      `${file} could not be loaded: ${placeOf(error)}${reason}${isMissing ? `. Run npm install in ${folder}, or build the app, if that is what is missing.` : ''}`,
    );
  }
}

// Node puts the place of a syntax error before the stack, where it knows it.
function placeOf(error: unknown): string {
  const place = error instanceof Error && /^(\/.*|file:.*|[A-Z]:\\.*):(\d+)\n/.exec(error.stack ?? '');
  return place ? `${place[1]}, line ${place[2]}: ` : '';
}

// Each copy of the library has its own settings and classes: what one was told, the other does not know.
function requireOneLibrary({ libraries }: AppRegistry): void {
  if (libraries.size < 2) return;
  throw new HostError(
    `The app loads ${libraries.size} copies of @azure/functions: ${[...libraries].join(', ')}. Keep one: see "npm ls @azure/functions", and run "npm dedupe".`,
  );
}

function nothingRegistered({ libraries }: AppRegistry, folder: string, entryFiles: readonly string[]): HostError {
  const [old] = oldModelFunctions(folder);
  if (old !== undefined) return new HostError(oldModel(join(folder, old)));
  const files = entryFiles.join(', ');
  if (libraries.size === 0)
    return new HostError(
      `${files} registered no function, and did not load @azure/functions 4. Register functions with "app" of that package, and install it in ${folder}.`,
    );
  return new HostError(`${files} registered no function. Register functions with "app" of @azure/functions.`);
}

/** Runs the app's `appTerminate` hooks, once, when the host stops. */
export async function terminateApp(registry: AppRegistry): Promise<void> {
  const context = { hookData: {}, appHookData: registry.appHookData };
  for (const hook of registry.hooks.get('appTerminate') ?? []) await hook(context);
}
