import type { Config } from '../../shared/config/config.ts';
import type { TargetConfig } from '../../shared/config/systems.ts';
import { createAdTarget } from '../../shared/connectors/ad/create-ad-target.ts';
import { createEntraTarget } from '../../shared/connectors/entra/create-entra-target.ts';
import { createHrApi } from '../../shared/connectors/hr/create-hr-api.ts';
import { createHrTarget } from '../../shared/connectors/hr/create-hr-target.ts';
import type { Api } from '../../shared/connectors/http/api.ts';
import { createAzureTokenSource } from '../../shared/connectors/http/azure-token-source.ts';
import { createClientCredentialsTokenSource } from '../../shared/connectors/http/client-credentials-token-source.ts';
import { createGraphApi } from '../../shared/connectors/http/create-graph-api.ts';
import { createFixedTokenSource } from '../../shared/connectors/http/fixed-token-source.ts';
import { createMailTarget } from '../../shared/connectors/mail/create-mail-target.ts';
import { createOciTarget } from '../../shared/connectors/oci/create-oci-target.ts';
import { randomPassword } from '../../shared/connectors/secrets/random-password.ts';
import type { TargetId } from '../../shared/domain/ids.ts';
import { GatehouseError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { QuotaLedger } from '../../shared/ports/quota-ledger.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import { composeOciApi } from './compose-oci-api.ts';
import { composeScim, secretsOfScim } from './compose-scim.ts';
import type { Settings } from '../settings/settings.ts';

/** What a connector makes: only the gate is given it whole. */
type Target = ReturnType<typeof createEntraTarget>;

export type Parts = {
  readonly config: Config;
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Where all processes draw from the quotas of targets. */
  readonly quotas: QuotaLedger;
};

/** Every configured target with its connector. Connects at first use. */
export function composeTargets(parts: Parts): ReadonlyMap<TargetId, Target> {
  // One API, and so one quota, for each tenant, whatever uses it.
  const graphs = new Map<TargetId, Api>();
  const graphOf = (id: TargetId): Api => {
    const api = graphs.get(id) ?? graphApi(parts, id);
    graphs.set(id, api);
    return api;
  };
  return new Map(Object.values(parts.config.targets).map((target) => [target.id, composeTarget(parts, target, graphOf)]));
}

/** The names of the secrets that the target is called with. */
export function secretsOfTarget(target: TargetConfig): readonly string[] {
  if (target.kind === 'scim') return secretsOfScim(target);
  if (target.kind !== 'oci') return 'secret' in target ? [target.secret] : [];
  const { proof } = target;
  if ('secret' in proof) return [proof.secret];
  return 'key' in proof.certificate ? [proof.certificate.key] : [];
}

function composeTarget(parts: Parts, target: TargetConfig, graphOf: (id: TargetId) => Api): Target {
  const { settings, secrets } = parts;
  switch (target.kind) {
    case 'ad': {
      const ca = settings.adCaFile === undefined ? {} : { caFile: settings.adCaFile };
      const login = { urls: settings.adUrls, user: target.account, password: () => secrets.read(target.secret), ...ca };
      return createAdTarget(
        { id: target.id, baseDn: target.baseDn, protectedOus: target.protectedOus, ...login },
        { newPassword: randomPassword },
      );
    }
    case 'entra':
      return createEntraTarget({ id: target.id }, { graph: graphOf(target.id), newPassword: randomPassword });
    case 'oci':
      return createOciTarget({ id: target.id, privilegedGroups: target.privilegedGroups }, { oci: composeOciApi(parts, target) });
    case 'scim':
      return composeScim(parts, target);
    case 'mail':
      return createMailTarget({ id: target.id, sender: target.sender }, { graph: graphOf(target.through) });
    case 'hr':
      return createHrTarget({ id: target.id, source: target.source }, { hr: hrApi(parts, target.source) });
  }
}

function graphApi({ config, settings, secrets, clock, quotas }: Parts, id: TargetId): Api {
  const target = config.targets[id];
  if (target?.kind !== 'entra') throw new GatehouseError('config-invalid', `${id} is no target of kind entra.`);
  const scope = 'https://graph.microsoft.com/.default';
  const shared = { key: `graph ${target.tenantId} ${target.clientId}`, ledger: quotas };
  // Without a secret the process signs in as itself: on Azure by its managed identity.
  if (settings.secret(target.secret) === undefined)
    return createGraphApi({ baseUrl: settings.graphUrl }, createAzureTokenSource({ scope }, clock), shared);
  const isMicrosoft = new URL(settings.graphUrl).hostname.endsWith('microsoft.com');
  const authority = isMicrosoft ? 'https://login.microsoftonline.com' : settings.graphUrl;
  const tokenUrl = `${authority}/${target.tenantId}/oauth2/v2.0/token`;
  const client = { clientId: target.clientId, secret: () => secrets.read(target.secret) };
  const tokens = createClientCredentialsTokenSource({ system: 'Entra ID', tokenUrl, ...client, scope, authentication: 'body' });
  return createGraphApi({ baseUrl: settings.graphUrl }, tokens, shared);
}

/** The API of the HR system behind a source. */
export function hrApi({ config, settings, secrets }: Parts, sourceId: string): Api {
  const source = config.sources[sourceId];
  if (source?.kind !== 'generic-hr') throw new GatehouseError('config-invalid', `There is no source “${sourceId}” of kind generic-hr.`);
  const baseUrl = settings.named(source.reread.urlSetting) ?? source.reread.urlDefault;
  return createHrApi(
    { baseUrl },
    createFixedTokenSource(() => secrets.read(source.reread.secret)),
  );
}
