import type { Worker } from '../../domain/worker.ts';

/** Who ends or never begins must not wait behind those who begin. */
export function isUrgent(worker: Worker): boolean {
  return worker.status === 'terminated' || worker.status === 'rescinded' || worker.accessEnds != null;
}
