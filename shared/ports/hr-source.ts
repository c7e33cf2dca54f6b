import type { Worker } from '../domain/worker.ts';

/** A worker as a source shows it when it is read again. */
export type SourcedWorker = {
  readonly worker: Worker;
  readonly revision: number | null;
  readonly updatedAt: string | null;
  /** Paths of required facts that the record does not say now: the worker has the usual value, and what is known counts more. */
  readonly assumed?: readonly string[];
};

/** Reads a source of worker records. */
export type HrSource = {
  /** Undefined where the source does not hold this worker. */
  worker(workerId: string, signal: AbortSignal): Promise<SourcedWorker | undefined>;
  /** Every worker, page by page. */
  all(signal: AbortSignal): AsyncIterable<SourcedWorker>;
};
