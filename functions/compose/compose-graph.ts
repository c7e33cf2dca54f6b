import type { EntraConfig, MailConfig } from '../../shared/config/systems.ts';
import { createEntraTarget } from '../../shared/connectors/entra/create-entra-target.ts';
import type { Api } from '../../shared/connectors/http/api.ts';
import { createAzureTokenSource } from '../../shared/connectors/http/azure-token-source.ts';
import { createClientCredentialsTokenSource } from '../../shared/connectors/http/client-credentials-token-source.ts';
import { createGraphApi } from '../../shared/connectors/http/create-graph-api.ts';
import { createMailTarget } from '../../shared/connectors/mail/create-mail-target.ts';
import { randomPassword } from '../../shared/connectors/secrets/random-password.ts';
import type { TargetId } from '../../shared/domain/ids.ts';
import { GatehouseError } from '../../shared/errors.ts';
import type { Parts, Target } from './parts.ts';

/** A target of kind `entra` with its connector. */
export function composeEntra(target: EntraConfig, graph: Api): Target {
  return createEntraTarget({ id: target.id }, { graph, newPassword: randomPassword });
}

/** A target of kind `mail` with its connector. */
export function composeMail(target: MailConfig, graph: Api): Target {
  return createMailTarget({ id: target.id, sender: target.sender }, { graph });
}

/** Microsoft Graph of the tenant that is this target. */
export function composeGraphApi({ config, settings, secrets, clock, quotas }: Parts, id: TargetId): Api {
  const target = config.targets[id];
  if (target?.kind !== 'entra') throw new GatehouseError('config-invalid', `${id} is no target of kind entra.`);
  const scope = 'https://graph.microsoft.com/.default';
  const shared = { key: `graph ${target.tenantId} ${target.clientId}`, ledger: quotas };
  const graph = { baseUrl: settings.graphUrl, tenantSize: target.tenantSize };
  // Without a secret the process signs in as itself: on Azure by its managed identity.
  if (settings.secret(target.secret) === undefined)
    return createGraphApi(graph, createAzureTokenSource({ scope, managedIdentityClientId: settings.identityClientId }, clock), shared);
  const isMicrosoft = new URL(settings.graphUrl).hostname.endsWith('microsoft.com');
  const authority = isMicrosoft ? 'https://login.microsoftonline.com' : settings.graphUrl;
  const tokenUrl = `${authority}/${target.tenantId}/oauth2/v2.0/token`;
  const client = { clientId: target.clientId, secret: () => secrets.read(target.secret) };
  const tokens = createClientCredentialsTokenSource({ system: 'Entra ID', tokenUrl, ...client, scope, authentication: 'body' });
  return createGraphApi(graph, tokens, shared);
}
