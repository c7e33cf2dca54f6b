import type { DeltaResource } from './readers/deltas.ts';

/** A subscription as the tenant has it. Times are milliseconds since the epoch. */
export type TenantSubscription = {
  readonly id: string;
  readonly resource: string;
  readonly notificationUrl: string;
  readonly expiresAt: number;
};

export type SubscriptionOrder = {
  readonly resource: DeltaResource;
  readonly notificationUrl: string;
  readonly lifecycleUrl: string;
  /** A secret that comes back with every notice; at most 128 characters. */
  readonly clientState: string;
  readonly expiresAt: number;
};

/**
 * Orders the tenant's notices. It changes nobody's access and is no change of the gate's: it is the line by which the tenant reaches us. Throws `GatehouseError` where the
 * tenant does not do as asked; `answer-lost` where that is not known.
 */
export type SubscriptionClient = {
  /** Every subscription of ours as an application. */
  list(signal: AbortSignal): Promise<readonly TenantSubscription[]>;
  /** The tenant asks both addresses for an answer before it agrees. */
  create(order: SubscriptionOrder, signal: AbortSignal): Promise<TenantSubscription>;
  /** Moves the end and proves anew that we may read; false where there is no such subscription any more. */
  renew(id: string, expiresAt: number, signal: AbortSignal): Promise<boolean>;
  remove(id: string, signal: AbortSignal): Promise<void>;
};
