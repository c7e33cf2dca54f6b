import { type Brake, brakeLimit } from '../../shared/config/brakes.ts';
import type { Config } from '../../shared/config/config.ts';
import type { GatePolicy } from '../../shared/gate/gate-deps.ts';
import type { Modes } from '../../shared/operations/modes/modes.ts';

/** What the configuration of today lets the gate do. `publicUrl` is where passes are shown. */
export function gatePolicy(config: Config, modes: Modes, publicUrl: string): GatePolicy {
  return {
    mode: (target) => modes.of(`target/${target}`),
    brake: (effect, population) => {
      const brake: Brake | undefined = config.brakes[effect];
      return brake === undefined ? undefined : brakeLimit(config.brakes, effect, population);
    },
    isBreakGlass: (target, nativeId) =>
      config.protection.breakGlass.some((account) => account.target === target && account.id.toLowerCase() === nativeId.toLowerCase()),
    passLink: (changeId) => `${publicUrl}/passes/${changeId}`,
  };
}
