import type { BambooHrConfig } from '../../shared/config/systems.ts';
import { createBambooHrApi } from '../../shared/connectors/bamboohr/create-bamboohr-api.ts';
import { createBambooHrSource } from '../../shared/connectors/bamboohr/create-bamboohr-source.ts';
import type { HrSource } from '../../shared/ports/hr-source.ts';
import type { Parts } from './parts.ts';

/** What reads a source of kind `bamboohr`. */
export function composeBambooHr({ settings, secrets }: Parts, { reread, fields }: BambooHrConfig): HrSource {
  const baseUrl = settings.named(reread.urlSetting) ?? reread.urlDefault;
  return createBambooHrSource(
    createBambooHrApi({ baseUrl }, () => secrets.read(reread.secret)),
    fields,
  );
}
