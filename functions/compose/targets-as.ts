import type { Config } from '../../shared/config/config.ts';
import type { TargetConfig } from '../../shared/config/systems.ts';
import type { AppRole } from '../settings/setting-facts.ts';

/** The targets as a role signs in to them: `hands` as whom the configuration names for it, where it names somebody. */
export function targetsAs(role: AppRole, targets: Config['targets']): Config['targets'] {
  if (role !== 'hands') return targets;
  return Object.fromEntries(Object.entries(targets).map(([id, target]) => [id, asHands(target)]));
}

function asHands(target: TargetConfig): TargetConfig {
  if (target.kind === 'entra') return { ...target, ...target.hands };
  return target.kind === 'ad' ? { ...target, ...target.hands } : target;
}
