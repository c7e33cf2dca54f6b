import type { GraphNoticeDeps } from '../../shared/operations/graph-notices/graph-notice-deps.ts';
import type { OperationDeps } from '../../shared/operations/deps.ts';
import type { composeTargets } from './compose-targets.ts';
import type { Settings } from '../settings/settings.ts';

type Parts = Pick<GraphNoticeDeps, 'onReopened'> & { readonly settings: Settings; readonly targets: ReturnType<typeof composeTargets> };

/** What following the tenants' own changes is given. */
export function composeGraphNotices(operations: OperationDeps, { settings, targets, onReopened }: Parts): GraphNoticeDeps {
  const subscriptions = new Map(
    [...targets].flatMap(([id, target]) => (target.subscriptions === undefined ? [] : [[id, target.subscriptions] as const])),
  );
  const addresses = {
    notifications: `${settings.publicUrl}/api/graph/notifications`,
    lifecycle: `${settings.publicUrl}/api/graph/lifecycle`,
  };
  return { ...operations, subscriptions, addresses, onReopened };
}
