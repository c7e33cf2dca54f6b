import type { TargetConfig } from '../../shared/config/systems.ts';
import type { Api } from '../../shared/connectors/http/api.ts';
import type { TargetId } from '../../shared/domain/ids.ts';
import type { Parts, Target } from './parts.ts';

type GraphOf = (id: TargetId) => Promise<Api>;

/** Every configured target with its connector; a connector that no target needs is not loaded. Connects at first use. */
export async function composeTargets(parts: Parts): Promise<ReadonlyMap<TargetId, Target>> {
  // One API, and so one quota, for each tenant, whatever uses it.
  const graphs = new Map<TargetId, Promise<Api>>();
  const graphOf: GraphOf = (id) => {
    const api = graphs.get(id) ?? graphApi(parts, id);
    graphs.set(id, api);
    return api;
  };
  const made = Object.values(parts.config.targets).map(async (target) => [target.id, await composeTarget(parts, target, graphOf)] as const);
  return new Map(await Promise.all(made));
}

async function composeTarget(parts: Parts, target: TargetConfig, graphOf: GraphOf): Promise<Target> {
  switch (target.kind) {
    case 'ad':
      return (await import('./compose-ad.ts')).composeAd(parts, target);
    case 'entra':
      return (await import('./compose-graph.ts')).composeEntra(target, await graphOf(target.id));
    case 'oci':
      return (await import('./compose-oci.ts')).composeOci(parts, target);
    case 'scim':
      return (await import('./compose-scim.ts')).composeScim(parts, target);
    case 'mail':
      return (await import('./compose-graph.ts')).composeMail(target, await graphOf(target.through));
    case 'hr':
      return (await import('./compose-hr.ts')).composeHr(parts, target);
  }
}

async function graphApi(parts: Parts, id: TargetId): Promise<Api> {
  return (await import('./compose-graph.ts')).composeGraphApi(parts, id);
}
