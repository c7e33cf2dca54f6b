import { AsyncLocalStorage } from 'node:async_hooks';
import type { Priority } from './wire.ts';

const work = new AsyncLocalStorage<Priority>();

/**
 * Does work all of whose calls, reads too, go before everything else when a quota is short: what contains somebody. A change says so by its effect; what is read for it cannot, and would stand in line behind
 * thousands of others.
 */
export function urgently<T>(doing: () => Promise<T>): Promise<T> {
  return work.run('contain', doing);
}

/** The priority of a call that does not name one. */
export function usualPriority(): Priority {
  return work.getStore() ?? 'normal';
}
