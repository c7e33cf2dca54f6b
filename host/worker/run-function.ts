import { invoke } from './invoke.ts';
import type { AppFunction, AppRegistry } from './app-registry.ts';
import type { InvocationResponse, NamedData, RpcRetryContext, RpcTypedData } from './rpc-types.ts';

/** Runs a function with the data of its trigger; its other inputs are added. Throws what the function throws. */
export type RunFunction = (
  fn: AppFunction,
  data: RpcTypedData,
  triggerMetadata?: Readonly<Record<string, RpcTypedData>>,
  retryContext?: RpcRetryContext,
) => Promise<InvocationResponse>;

/** The inputs of a function other than its trigger: its durable clients. */
export type ExtraInputs = (names: readonly string[]) => readonly NamedData[];

/** A `RunFunction` for an app; `timeoutMs` limits one run. */
export function createRunFunction(app: AppRegistry, extraInputs: ExtraInputs, timeoutMs: number | undefined): RunFunction {
  return (fn, data, triggerMetadata = {}, retryContext) => {
    const inputData = [{ name: fn.triggerName, data }, ...extraInputs(fn.durableClients)];
    return invoke(app, fn, { inputData, triggerMetadata, retryContext }, timeoutMs);
  };
}
