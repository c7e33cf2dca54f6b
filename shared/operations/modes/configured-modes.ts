import type { Config } from '../../config/config.ts';
import type { Mode } from '../../domain/mode.ts';
import type { ModeKey } from './modes.ts';

/** The modes that the configuration gives, of every source, target and workflow. */
export function configuredModes({ sources, targets, workflows }: Config): Readonly<Record<ModeKey, Mode>> {
  const keyed: Record<ModeKey, Mode> = {};
  for (const [id, { mode }] of Object.entries(sources)) keyed[`source/${id}`] = mode;
  for (const [id, { mode }] of Object.entries(targets)) keyed[`target/${id}`] = mode;
  for (const { definition } of workflows) keyed[`workflow/${definition.id}`] = definition.mode;
  return keyed;
}
