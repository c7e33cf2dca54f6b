import type { Worker } from './worker.ts';

/**
 * The worker record after an event: what the event does not mention stays as it was known, what it gives as null or empty is cleared. Name, location and
 * leave are replaced whole, custom fields one by one.
 */
export function mergeWorker(known: Worker | undefined, told: Worker): Worker {
  const custom = { ...known?.custom, ...told.custom };
  const merged = { ...known, ...told, ...(Object.keys(custom).length === 0 ? {} : { custom }) };
  const entries = Object.entries(merged).map(([name, value]) => [name, value === '' ? null : value]);
  return Object.fromEntries(entries) as Worker;
}
