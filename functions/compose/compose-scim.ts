import type { Config } from '../../shared/config/config.ts';
import type { AddressConfig, ScimConfig } from '../../shared/config/systems.ts';
import { authorizeWire } from '../../shared/connectors/http/authorized-wire.ts';
import { createClientCredentialsTokenSource } from '../../shared/connectors/http/client-credentials-token-source.ts';
import { createFetchWire } from '../../shared/connectors/http/fetch-wire.ts';
import { createFixedTokenSource } from '../../shared/connectors/http/fixed-token-source.ts';
import { createMutualTlsWire } from '../../shared/connectors/http/mutual-tls-wire.ts';
import type { Wire } from '../../shared/connectors/http/wire.ts';
import { createScimApi } from '../../shared/connectors/scim/create-scim-api.ts';
import { createScimTarget } from '../../shared/connectors/scim/create-scim-target.ts';
import type { GroupNaming } from '../../shared/connectors/scim/group-directory.ts';
import type { AccountForm } from '../../shared/connectors/scim/scim-context.ts';
import { type ScimProfile, scimProfiles } from '../../shared/connectors/scim/scim-profile.ts';
import { activeValue } from '../../shared/mapping/active-value.ts';
import type { TargetMapping } from '../../shared/mapping/target-mapping.ts';
import type { QuotaLedger } from '../../shared/ports/quota-ledger.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import type { Settings } from '../settings/settings.ts';

type Parts = {
  readonly config: Pick<Config, 'mappings' | 'access'>;
  readonly settings: Pick<Settings, 'named'>;
  readonly secrets: Pick<Secrets, 'read'>;
  readonly quotas: QuotaLedger;
};

const timeoutMs = 30_000;

/** A target of kind `scim` with its connector: how accounts look there is what its mapping says. */
export function composeScim(parts: Parts, target: ScimConfig): ReturnType<typeof createScimTarget> {
  const { config, settings } = parts;
  const profile = profileOf(target);
  const baseUrl = addressIn(settings, target.url);
  const api = createScimApi(
    { system: target.name, baseUrl, mediaType: profile.mediaType, callsPerSecond: target.callsPerSecond },
    signedIn(parts, target, new URL(baseUrl).origin),
    { key: `scim ${baseUrl}`, ledger: parts.quotas },
  );
  const { id, privilegedGroups, privilegedRoles } = target;
  const form = formOf(config.mappings[id], target.manager);
  return createScimTarget(
    { id, profile, form, groups: groupsOf(config, target), privileges: { groups: privilegedGroups, roles: privilegedRoles } },
    { scim: api },
  );
}

/** The names of the secrets that an application is called with. */
export function secretsOfScim({ auth }: ScimConfig): readonly string[] {
  if (auth.kind !== 'mtls') return [auth.secret];
  return [auth.certificate, auth.key, auth.authority].filter((name) => name !== null);
}

function addressIn(settings: Pick<Settings, 'named'>, { setting, default: usual }: AddressConfig): string {
  return settings.named(setting) ?? usual;
}

function profileOf({ profile: { like, ...differs } }: ScimConfig): ScimProfile {
  const said = Object.fromEntries(Object.entries(differs).filter(([, value]) => value !== undefined));
  return { ...scimProfiles[like], ...said };
}

function signedIn({ settings, secrets }: Parts, { auth, name }: ScimConfig, origin: string): Wire {
  switch (auth.kind) {
    case 'bearer':
      return authorizeWire(
        createFetchWire(timeoutMs),
        createFixedTokenSource(() => secrets.read(auth.secret)),
        origin,
      );
    case 'client-credentials': {
      const { clientId, scope, sends } = auth;
      const client = { clientId, secret: () => secrets.read(auth.secret), scope, authentication: sends };
      const tokenUrl = addressIn(settings, auth.tokenUrl);
      return authorizeWire(createFetchWire(timeoutMs), createClientCredentialsTokenSource({ system: name, tokenUrl, ...client }), origin);
    }
    case 'mtls':
      return createMutualTlsWire(timeoutMs, async () => ({
        certificate: await secrets.read(auth.certificate),
        key: await secrets.read(auth.key),
        authority: auth.authority === null ? undefined : await secrets.read(auth.authority),
      }));
  }
}

function formOf(mapping: TargetMapping | undefined, manager: boolean): AccountForm {
  const names = (mapping?.names ?? []).flatMap(({ attribute, also }) => [attribute, ...also.map((other) => other.attribute)]);
  const mapped = mapping?.attributes ?? [];
  const ofWorker = mapped.find(({ from }) => from.is === 'expression' && from.compiled.text.trim() === '[workerId]');
  const compiled = mapping?.active;
  return {
    attributes: [...names, ...mapped.map(({ attribute }) => attribute)],
    workerId: ofWorker?.attribute ?? null,
    manager,
    active: (open) => (compiled === undefined ? open : activeValue(compiled, open)),
  };
}

function groupsOf({ access }: Pick<Config, 'access'>, { id, groupsBy }: ScimConfig): GroupNaming {
  const groups = Object.values(access.entitlements).filter((one) => one.target === id && one.kind === 'group');
  return { by: groupsBy, declared: new Map(groups.map(({ objectId, name }) => [objectId, name])) };
}
