import type { Config } from '../../shared/config/config.ts';
import type { Mode } from '../../shared/domain/mode.ts';
import { configuredModes } from '../../shared/operations/modes/configured-modes.ts';
import type { ModeKey } from '../../shared/operations/modes/mode-key.ts';

/** Modes as they are configured: as on a first start. */
export function asConfigured(config: Config): { of(key: ModeKey): Mode } {
  const configured = configuredModes(config);
  return { of: (key) => configured[key] ?? 'observe' };
}
