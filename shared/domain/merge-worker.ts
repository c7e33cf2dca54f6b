import type { Worker } from './worker.ts';

/**
 * The worker record after an event: what the event does not mention stays as it was known, what it gives as null or empty is cleared. Name, location and
 * leave are replaced whole, custom fields one by one. Of a termination that is taken back nothing stays that is not told again: neither its dates nor its kind.
 */
export function mergeWorker(known: Worker | undefined, told: Worker): Worker {
  const custom = { ...known?.custom, ...told.custom };
  const merged = { ...(isBack(known, told) ? withoutEnd(known) : known), ...told, ...(Object.keys(custom).length === 0 ? {} : { custom }) };
  const entries = Object.entries(merged).map(([name, value]) => [name, value === '' ? null : value]);
  return Object.fromEntries(entries) as Worker;
}

function isBack(known: Worker | undefined, told: Worker): known is Worker {
  return known?.status === 'terminated' && told.status !== 'terminated' && told.status !== 'rescinded';
}

const ofTheEnd: ReadonlySet<string> = new Set(['lastDay', 'accessEnds', 'terminationKind']);

function withoutEnd(known: Worker): Partial<Worker> {
  return Object.fromEntries(Object.entries(known).filter(([name]) => !ofTheEnd.has(name)));
}
