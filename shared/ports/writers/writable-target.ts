import type { ReadableTarget } from '../readers/readable-target.ts';
import type { SubscriptionClient } from '../subscriptions.ts';
import type { Writers } from './writers.ts';

/** A whole connector: what only the gate is given. */
export type WritableTarget = ReadableTarget & {
  readonly writes: Partial<Writers>;
  /** Where the target can tell us of its changes. */
  readonly subscriptions?: SubscriptionClient;
};
