import type { GraphNoticeDeps } from '../../shared/operations/graph-notices/graph-notice-deps.ts';
import type { TargetId } from '../../shared/domain/ids.ts';
import type { OperationDeps } from '../../shared/operations/deps.ts';
import type { Settings } from '../settings/settings.ts';
import type { Target } from './parts.ts';

type Parts = Pick<GraphNoticeDeps, 'onReopened'> & { readonly settings: Settings; readonly targets: ReadonlyMap<TargetId, Target> };

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
