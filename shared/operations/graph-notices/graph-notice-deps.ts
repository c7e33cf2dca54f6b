import type { PersonId, TargetId } from '../../domain/ids.ts';
import type { SubscriptionClient } from '../../ports/subscriptions.ts';
import type { OperationDeps } from '../deps.ts';

/** What following a tenant's own changes needs besides what all use cases are given. */
export type GraphNoticeDeps = OperationDeps & {
  readonly subscriptions: ReadonlyMap<TargetId, SubscriptionClient>;
  /** Where tenants are to send their notices. */
  readonly addresses: { readonly notifications: string; readonly lifecycle: string };
  /** Somebody who is to have no access was given some by somebody else. Called again until it does not throw. */
  onReopened(personId: PersonId): Promise<void>;
};
