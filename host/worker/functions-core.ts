import Module from 'node:module';
import type { LogLevel } from '../log-line.ts';
import { registerFunction } from './app-registry.ts';
import type { AppRegistry, HookCallback } from './app-registry.ts';
import { logEntry } from './log-entry.ts';
import type { FunctionCallback, FunctionMetadata, ProgrammingModel } from './rpc-types.ts';

class Disposable {
  readonly #dispose: () => void;
  constructor(dispose: () => void = () => {}) {
    this.#dispose = dispose;
  }
  dispose(): void {
    this.#dispose();
  }
}

/** The version of Azure's host whose behaviour is offered; the library goes by it. */
export const HOST_VERSION = '4.1040.0';

function createCore(registry: AppRegistry): object {
  return {
    // The version of the worker whose behaviour is offered; the library asks for log hooks and capabilities by it.
    version: '3.12.0',
    hostVersion: HOST_VERSION,
    Disposable,
    registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
      registerFunction(registry, metadata, callback);
      return new Disposable(() => registry.functions.delete(metadata.name));
    },
    setProgrammingModel(model: ProgrammingModel): void {
      registry.model = model;
    },
    getProgrammingModel: () => registry.model,
    registerHook: (name: string, callback: HookCallback) => registerHook(registry, name, callback),
    log(level: LogLevel, category: string, message: string): void {
      logEntry(registry, 'app', {
        hookData: {},
        appHookData: registry.appHookData,
        invocationContext: undefined,
        level,
        category,
        message,
      });
    },
  };
}

function registerHook(registry: AppRegistry, name: string, callback: HookCallback): Disposable {
  const hooks = registry.hooks.get(name) ?? [];
  registry.hooks.set(name, [...hooks, callback]);
  return new Disposable(() =>
    registry.hooks.set(
      name,
      (registry.hooks.get(name) ?? []).filter((one) => one !== callback),
    ),
  );
}

/**
 * Answers `require('@azure/functions-core')` from now on with an object that fills `registry`, as Azure's
 * Node worker does (azure-functions-nodejs-worker, `src/setupCoreModule.ts`). Must run before the app is loaded,
 * because `@azure/functions` remembers a failed look-up.
 */
export function installFunctionsCore(registry: AppRegistry): void {
  const core = createCore(registry);
  // oxlint-disable-next-line typescript/unbound-method -- the proxy passes `this` on, so the method is not used unbound
  Module.prototype.require = new Proxy(Module.prototype.require, {
    apply: (target, self: unknown, args: [string]): unknown => {
      if (args[0] !== '@azure/functions-core') return Reflect.apply(target, self, args);
      const library = self instanceof Module && /^.*[\\/]@azure[\\/]functions(?=[\\/])/.exec(self.filename)?.[0];
      if (library) registry.libraries.add(library);
      return core;
    },
  });
}
