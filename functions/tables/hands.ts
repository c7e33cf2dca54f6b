import type { AppFunction } from '../app-function.ts';
import { performQueued } from '../queues/perform-queued.ts';

/** Privileged changes, taken from a queue and nowhere else: nobody can call this app. */
export const handsFunctions: readonly AppFunction[] = [
  { on: 'queue', name: 'perform-privileged-change', queueName: 'privileged-changes', handler: performQueued },
];
