import { HostError } from '../host-error.ts';
import { isServiceBusOutput, serviceBusProblem } from '../queues/service-bus-problem.ts';
import type { AppFunction, AppRegistry } from './app-registry.ts';

const TRIGGERS: ReadonlySet<string> = new Set([
  'httptrigger',
  'timertrigger',
  'servicebustrigger',
  'orchestrationtrigger',
  'activitytrigger',
  'entitytrigger',
]);

/** Throws `HostError` for the first function that uses a trigger or binding which this host does not offer. */
export function requireSupported(app: AppRegistry): void {
  for (const fn of app.functions.values()) {
    const problem = problemOf(fn);
    if (problem) throw new HostError(`Function "${fn.name}" ${problem}`);
  }
}

function problemOf(fn: AppFunction): string | undefined {
  if (!TRIGGERS.has(fn.triggerType))
    return `has a ${fn.triggerType}, which this host does not offer. It offers ${[...TRIGGERS].join(', ')}.`;
  const problem = serviceBusProblem(fn);
  if (problem) return problem;
  if (fn.metadata.retryOptions)
    return 'has a retry policy, which this host does not offer. Retry inside the function, or from an orchestration.';
  for (const [name, binding] of Object.entries(fn.metadata.bindings)) {
    if (name === fn.triggerName || binding.type === 'durableClient' || binding.type?.toLowerCase() === 'http') continue;
    if (isServiceBusOutput(binding)) continue;
    return `has the binding "${name}" of type ${binding.type ?? 'unknown'}, which this host does not offer. Use an SDK client in the function instead.`;
  }
  return undefined;
}
