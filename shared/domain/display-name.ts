import type { Worker } from './worker.ts';

/** How a person is called: the preferred name if there is one, and the family name if there is one. */
export function displayName(worker: Worker): string {
  const first = worker.name.preferred || worker.name.given;
  return [first, worker.name.family].filter((part) => part != null && part !== '').join(' ');
}
