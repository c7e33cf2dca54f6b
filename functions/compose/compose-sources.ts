import type { SourceConfig } from '../../shared/config/systems.ts';
import type { SourceId } from '../../shared/domain/ids.ts';
import type { HrSource } from '../../shared/ports/hr-source.ts';
import type { Parts } from './parts.ts';

/** Every configured source with what reads it; undefined for one that only sends. A reader that no source needs is not loaded. Connects at first use. */
export async function composeSources(parts: Parts): Promise<ReadonlyMap<SourceId, HrSource | undefined>> {
  const made = Object.values(parts.config.sources).map(async (source) => [source.id, await composeSource(parts, source)] as const);
  return new Map(await Promise.all(made));
}

async function composeSource(parts: Parts, source: SourceConfig): Promise<HrSource | undefined> {
  switch (source.kind) {
    case 'generic-hr':
      return (await import('./compose-hr.ts')).composeHrSource(parts, source);
    case 'bamboohr':
      return (await import('./compose-bamboohr.ts')).composeBambooHr(parts, source);
    case 'csv':
      return undefined;
  }
}

/** The names of the secrets that the sources need. */
export function secretsOf(source: SourceConfig): readonly string[] {
  if (source.kind === 'csv') return source.webhookSecret === null ? [] : [source.webhookSecret];
  return [source.webhookSecret, source.reread.secret];
}
