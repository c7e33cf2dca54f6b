import { createBambooHrApi } from '../../shared/connectors/bamboohr/create-bamboohr-api.ts';
import { createBambooHrSource } from '../../shared/connectors/bamboohr/create-bamboohr-source.ts';
import { createGenericHrSource } from '../../shared/connectors/hr/create-generic-hr-source.ts';
import type { SourceConfig } from '../../shared/config/systems.ts';
import type { SourceId } from '../../shared/domain/ids.ts';
import type { HrSource } from '../../shared/ports/hr-source.ts';
import { hrApi, type Parts } from './compose-targets.ts';

/** Every configured source with what reads it; undefined for one that only sends. Connects at first use. */
export function composeSources(parts: Parts): ReadonlyMap<SourceId, HrSource | undefined> {
  return new Map(Object.values(parts.config.sources).map((source) => [source.id, composeSource(parts, source)]));
}

function composeSource(parts: Parts, source: SourceConfig): HrSource | undefined {
  switch (source.kind) {
    case 'generic-hr':
      return createGenericHrSource(hrApi(parts, source.id));
    case 'bamboohr': {
      const { urlSetting, urlDefault, secret } = source.reread;
      const baseUrl = parts.settings.named(urlSetting) ?? urlDefault;
      return createBambooHrSource(
        createBambooHrApi({ baseUrl }, () => parts.secrets.read(secret)),
        source.fields,
      );
    }
    case 'csv':
      return undefined;
  }
}

/** The names of the secrets that the sources need. */
export function secretsOf(source: SourceConfig): readonly string[] {
  if (source.kind === 'csv') return source.webhookSecret === null ? [] : [source.webhookSecret];
  return [source.webhookSecret, source.reread.secret];
}
