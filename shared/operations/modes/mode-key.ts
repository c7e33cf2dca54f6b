import type { Mode } from '../../domain/mode.ts';

/** What is in a mode: `target/ad:contoso`, `source/generic`, `workflow/mover`. */
export type ModeKey = `${'source' | 'target' | 'workflow'}/${string}`;
export type ConfiguredModes = Readonly<Record<ModeKey, Mode>>;
