import { HostError } from '../host-error.ts';
import { logLine } from '../log-line.ts';
import { serviceBusProblem } from '../queues/service-bus-problem.ts';
import type { AppFunction, AppRegistry } from './app-registry.ts';
import type { RpcBinding } from './rpc-types.ts';

/** The triggers that this host offers, in lower case. */
export const TRIGGER_TYPES: ReadonlySet<string> = new Set([
  'httptrigger',
  'timertrigger',
  'servicebustrigger',
  'orchestrationtrigger',
  'activitytrigger',
  'entitytrigger',
]);

/** The other bindings that this host offers, by their type in lower case, each in one direction. */
export const BINDING_TYPES: ReadonlyMap<string, RpcBinding['direction']> = new Map([
  ['http', 'out'],
  ['durableclient', 'in'],
  ['servicebus', 'out'],
]);

/** Throws `HostError` for the first function that uses a trigger or binding which this host does not offer. */
export function requireSupported(app: AppRegistry): void {
  for (const fn of app.functions.values()) {
    const problem = problemOf(fn);
    if (problem) throw new HostError(`Function "${fn.name}" ${problem}`);
    // Azure applies retry policies to timers, and to triggers that this host does not have (https://learn.microsoft.com/azure/azure-functions/functions-bindings-error-pages#retries).
    if (fn.metadata.retryOptions && fn.triggerType !== 'timertrigger')
      logLine('warning', fn.name, `Its retry policy has no effect: a ${fn.triggerType} is not retried by policy, on Azure neither.`);
  }
}

function problemOf(fn: AppFunction): string | undefined {
  if (!TRIGGER_TYPES.has(fn.triggerType))
    return `has a ${fn.triggerType}, which this host does not offer. It offers ${[...TRIGGER_TYPES].join(', ')}.`;
  const problem = serviceBusProblem(fn);
  if (problem) return problem;
  for (const [name, binding] of Object.entries(fn.metadata.bindings)) {
    if (name === fn.triggerName || BINDING_TYPES.get(binding.type?.toLowerCase() ?? '') === binding.direction) continue;
    return `has the binding "${name}" of type ${binding.type ?? 'unknown'} (${binding.direction ?? 'no direction'}), which this host does not offer. Use an SDK client in the function instead.`;
  }
  return undefined;
}
