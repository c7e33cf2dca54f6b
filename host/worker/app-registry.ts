import { HostError } from '../host-error.ts';
import type { FunctionCallback, FunctionMetadata, InvocationResponse, ProgrammingModel, RpcBinding } from './rpc-types.ts';

/** A function of the app: its name, its one trigger, all its bindings and its handler. */
export type AppFunction = {
  readonly name: string;
  readonly triggerName: string;
  readonly triggerType: string;
  readonly trigger: RpcBinding;
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
  /** Binding names of the durable client inputs. */
  readonly durableClients: readonly string[];
};

/** Sends what a function gave back through its output bindings. Throws where it cannot: the invocation has then failed. */
export type SendOutputs = (fn: AppFunction, response: InvocationResponse) => Promise<void>;

/** A hook of the app; what it receives depends on the hook's name. */
export type HookCallback = (context: object) => unknown;

/** Everything that the app registers while its files are loaded. One process holds one app. */
export type AppRegistry = {
  readonly functions: Map<string, AppFunction>;
  readonly hooks: Map<string, HookCallback[]>;
  /** Shared by all hooks of the app (`appHookData`). */
  readonly appHookData: Record<string, unknown>;
  /** The folders of the copies of `@azure/functions` that registered themselves. */
  readonly libraries: Set<string>;
  model: ProgrammingModel | undefined;
  /** Absent where no function has an output that is to be sent. */
  sendOutputs: SendOutputs | undefined;
  /** After start-up nothing more may be registered, as in Azure's worker. */
  started: boolean;
  /** How many invocations are in flight, of whatever trigger. */
  running: number;
};

/** An empty registry. */
export function createAppRegistry(): AppRegistry {
  return {
    functions: new Map(),
    hooks: new Map(),
    appHookData: {},
    libraries: new Set(),
    model: undefined,
    sendOutputs: undefined,
    started: false,
    running: 0,
  };
}

/**
 * Adds a function.
 * Throws `HostError` where the name is taken, the function has no trigger, or the app has already started.
 */
export function registerFunction(registry: AppRegistry, metadata: FunctionMetadata, callback: FunctionCallback): void {
  const { name } = metadata;
  if (registry.started) throw new HostError(`A function can only be registered during app startup; "${name}" came later.`);
  const taken = [...registry.functions.keys()].find((other) => other.toLowerCase() === name.toLowerCase());
  if (taken !== undefined)
    throw new HostError(`A function with the name "${taken}" has already been registered. Give "${name}" another name.`);
  // The names that Azure takes (`Utility.IsValidFunctionName`).
  if (!/^[a-z][\w-]{0,127}$/i.test(name))
    throw new HostError(
      `The function name "${name}" is not valid. A name begins with a letter, and has letters, digits, _ and - only, 128 at most.`,
    );
  const bindings = Object.entries(metadata.bindings);
  const found = bindings.find(([, binding]) => /trigger$/i.test(binding.type ?? ''));
  if (!found) throw new HostError(`Function "${name}" has no trigger binding.`);
  const [triggerName, trigger] = found;
  const durableClients = bindings.filter(([, binding]) => binding.type === 'durableClient').map(([key]) => key);
  registry.functions.set(name, {
    name,
    triggerName,
    triggerType: (trigger.type ?? '').toLowerCase(),
    trigger,
    callback,
    durableClients,
    metadata: { ...metadata, functionId: metadata.functionId ?? name },
  });
}

/** A text property of a function's trigger, or the fallback where it has none. */
export function triggerText(fn: AppFunction, property: string, fallback: string): string {
  const value = fn.trigger[property];
  return typeof value === 'string' ? value : fallback;
}
