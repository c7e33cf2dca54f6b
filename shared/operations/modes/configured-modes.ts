import type { Config } from '../../config/config.ts';
import type { ConfiguredModes, ModeKey } from './mode-key.ts';
import type { Mode } from '../../domain/mode.ts';

/** The modes that the configuration gives, of every source, target and workflow. */
export function configuredModes({ sources, targets, workflows }: Config): ConfiguredModes {
  const keyed: Record<ModeKey, Mode> = {};
  for (const [id, { mode }] of Object.entries(sources)) keyed[`source/${id}`] = mode;
  for (const [id, { mode }] of Object.entries(targets)) keyed[`target/${id}`] = mode;
  for (const { definition } of workflows) keyed[`workflow/${definition.id}`] = definition.mode;
  return keyed;
}
