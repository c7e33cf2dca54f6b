import { HostError } from '../host-error.ts';
import type { AppFunction } from './app-registry.ts';
import type { RpcRetryOptions } from './rpc-types.ts';

/** How often, and after how long, a function that failed is run again. */
export type RetryPolicy = {
  /** -1 is without end. */
  readonly maxRetryCount: number;
  /** The pause before a retry, the first being 1, in milliseconds. */
  delayMs(retry: number): number;
};

/**
 * The retry policy of a function (https://learn.microsoft.com/azure/azure-functions/functions-bindings-error-pages#retry-policies), `undefined` where it
 * has none. The pauses of `exponentialBackoff` begin at the minimum and double up to the maximum, each with a spread of 20 %.
 * Throws `HostError` that names the function and what is wrong with the policy.
 */
export function retryPolicy(fn: AppFunction): RetryPolicy | undefined {
  const options = fn.metadata.retryOptions;
  if (!options) return undefined;
  const { maxRetryCount = Number.NaN } = options;
  if (!Number.isInteger(maxRetryCount) || maxRetryCount < -1) throw problem(fn, 'maxRetryCount is a whole number, or -1 for no limit');
  if (options.retryStrategy === 'fixedDelay') return { maxRetryCount, delayMs: fixed(fn, options) };
  if (options.retryStrategy === 'exponentialBackoff') return { maxRetryCount, delayMs: exponential(fn, options) };
  throw problem(fn, 'strategy is fixedDelay or exponentialBackoff');
}

function fixed(fn: AppFunction, { delayInterval }: RpcRetryOptions): RetryPolicy['delayMs'] {
  if (delayInterval?.seconds === undefined) throw problem(fn, 'fixedDelay needs delayInterval');
  const delay = delayInterval.seconds * 1000;
  return () => delay;
}

function exponential(fn: AppFunction, { minimumInterval, maximumInterval }: RpcRetryOptions): RetryPolicy['delayMs'] {
  if (minimumInterval?.seconds === undefined || maximumInterval?.seconds === undefined)
    throw problem(fn, 'exponentialBackoff needs minimumInterval and maximumInterval');
  const [least, most] = [minimumInterval.seconds * 1000, maximumInterval.seconds * 1000];
  if (least > most) throw problem(fn, 'minimumInterval is not over maximumInterval');
  // `RandomizedExponentialBackoffStrategy` of azure-webjobs-sdk: the minimum, to which 2^n times the minimum is added from the second retry on.
  return (retry) => (retry === 1 ? least : Math.min(least + least * (0.8 + 0.4 * Math.random()) * 2 ** (retry - 2), most));
}

function problem(fn: AppFunction, rule: string): HostError {
  return new HostError(`Function "${fn.name}": its retry policy is not understood: ${rule}.`);
}
