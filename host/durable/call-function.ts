import { invoke } from '../worker/invoke.ts';
import type { AppFunction, AppRegistry } from '../worker/app-registry.ts';
import type { ExtraInputs } from '../worker/run-function.ts';
import { returnedJson } from './returned-json.ts';

/** What a function of the durable engine is. */
export type FunctionKind = 'orchestration' | 'activity' | 'entity';

const ROLE: Readonly<Record<FunctionKind, string>> = { orchestration: 'orchestrator', activity: 'activity', entity: 'entity' };

/** Calls the functions of an app that the durable engine runs. */
export type DurableFunctions = {
  /** The function with this name (without regard to case, as in the extension) and trigger, or a reason in the extension's words why there is none. */
  find(name: string, kind: FunctionKind): AppFunction | { readonly missing: string };
  /** Calls a function with a JSON text (nothing where it is `null`); gives its result as JSON. Throws what the function throws. */
  call(fn: AppFunction, input: string | null): Promise<string | null>;
};

/** The durable functions of a loaded app, given the durable clients that they are bound to; `timeoutMs` limits one call. */
export function durableFunctions(app: AppRegistry, extraInputs: ExtraInputs, timeoutMs: number | undefined): DurableFunctions {
  const byName = new Map([...app.functions.values()].map((fn) => [fn.name.toLowerCase(), fn]));
  return {
    find: (name, kind) => {
      const fn = app.functions.get(name) ?? byName.get(name.toLowerCase());
      if (fn?.triggerType === `${kind}trigger`) return fn;
      return { missing: `The function '${name}' doesn't exist, is disabled, or is not an ${ROLE[kind]} function.` };
    },
    call: async (fn, input) => {
      const data = input === null ? {} : { string: input };
      const inputData = [{ name: fn.triggerName, data }, ...extraInputs(fn.durableClients)];
      const response = await invoke(app, fn, { inputData }, timeoutMs);
      return returnedJson(response.returnValue);
    },
  };
}
