import type { GenericHrConfig, HrConfig } from '../../shared/config/systems.ts';
import type { Api } from '../../shared/connectors/http/api.ts';
import { createFixedTokenSource } from '../../shared/connectors/http/fixed-token-source.ts';
import { createGenericHrSource } from '../../shared/connectors/hr/create-generic-hr-source.ts';
import { createHrApi } from '../../shared/connectors/hr/create-hr-api.ts';
import { createHrTarget } from '../../shared/connectors/hr/create-hr-target.ts';
import { GatehouseError } from '../../shared/errors.ts';
import type { HrSource } from '../../shared/ports/hr-source.ts';
import type { Parts, Target } from './parts.ts';

/** A target of kind `hr` with its connector: what is written back. */
export function composeHr(parts: Parts, target: HrConfig): Target {
  return createHrTarget({ id: target.id, source: target.source }, { hr: hrApi(parts, target.source) });
}

/** What reads a source of kind `generic-hr`. */
export function composeHrSource(parts: Parts, source: GenericHrConfig): HrSource {
  return createGenericHrSource(hrApi(parts, source.id));
}

/** The API of the HR system behind a source. */
function hrApi({ config, settings, secrets }: Parts, sourceId: string): Api {
  const source = config.sources[sourceId];
  if (source?.kind !== 'generic-hr') throw new GatehouseError('config-invalid', `There is no source “${sourceId}” of kind generic-hr.`);
  const baseUrl = settings.named(source.reread.urlSetting) ?? source.reread.urlDefault;
  return createHrApi(
    { baseUrl },
    createFixedTokenSource(() => secrets.read(source.reread.secret)),
  );
}
