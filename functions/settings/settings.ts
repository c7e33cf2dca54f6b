import { join } from 'node:path';
import type { z } from 'zod';
import type { TelemetrySettings } from '../telemetry/telemetry.ts';
import type { AppRole } from './setting-facts.ts';
import type { settingsSchema } from './settings-schema.ts';

/** How the registry is reached. Over a network its certificate is verified, by the CAs of `caFile` where there is one. */
export type DatabaseSettings = {
  readonly url: string;
  readonly login: 'password' | 'identity';
  readonly caFile: string | undefined;
  readonly poolSize: number;
};

/** Everything the product takes from its environment. */
export type Settings = {
  readonly role: AppRole;
  readonly configDir: string;
  readonly dataDir: string;
  /** Undefined where the registry is embedded. */
  readonly database: DatabaseSettings | undefined;
  /** The folder of the audit's anchors. */
  readonly anchorDir: string;
  /** The addresses of targets are empty where the role has none, and so is whose tokens count where it has no callers. */
  readonly graphUrl: string;
  readonly ociUrl: string;
  /** The domain controllers, the one to be preferred first. */
  readonly adUrls: readonly [string, ...string[]];
  readonly adCaFile: string | undefined;
  readonly serviceBus:
    | { readonly connectionString: string }
    | { readonly fullyQualifiedNamespace: string; readonly managedIdentityClientId: string | undefined };
  /** The user-assigned identity that the process signs in as; undefined for the usual chain. */
  readonly identityClientId: string | undefined;
  /** The Key Vault whose secrets' ends are watched; undefined where there is none. */
  readonly keyVaultUrl: string | undefined;
  readonly clockUrl: string | undefined;
  readonly publicUrl: string;
  readonly tenant: string;
  readonly tokenIssuer: string;
  readonly tokenAudience: string;
  /** What passes are sealed with between processes. */
  readonly sealingKey: string | undefined;
  readonly trustedProxies: number;
  readonly telemetry: TelemetrySettings;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Secrets by the names that the configuration uses: `hr-api` is `GATEHOUSE_SECRET_HR_API`. */
  secret(name: string): string | undefined;
  /** Any other setting that the configuration names. */
  named(name: string): string | undefined;
};

/** Where no target is of the kind, no address is needed and none is ever called (RFC 6761, 6.4). */
const nowhere = { oci: 'https://oci.invalid', ad: ['ldaps://ad.invalid'] } as const;

/** The settings as the product uses them, from an environment that the schema has passed. */
export function toSettings(found: z.infer<typeof settingsSchema>, environment: NodeJS.ProcessEnv): Settings {
  const { GATEHOUSE_SERVICEBUS: connectionString, GATEHOUSE_SERVICEBUS__fullyQualifiedNamespace: namespace } = found;
  return {
    role: found.GATEHOUSE_ROLE,
    configDir: found.GATEHOUSE_CONFIG_DIR,
    dataDir: found.GATEHOUSE_DATA_DIR,
    database: databaseOf(found),
    anchorDir: found.GATEHOUSE_ANCHOR_DIR ?? join(found.GATEHOUSE_DATA_DIR, 'anchors'),
    graphUrl: found.GATEHOUSE_GRAPH_URL ?? '',
    ociUrl: found.GATEHOUSE_OCI_URL ?? nowhere.oci,
    adUrls: found.GATEHOUSE_AD_URL ?? nowhere.ad,
    adCaFile: found.GATEHOUSE_AD_CA,
    serviceBus:
      connectionString !== undefined
        ? { connectionString }
        : { fullyQualifiedNamespace: namespace ?? '', managedIdentityClientId: found.AZURE_CLIENT_ID },
    identityClientId: found.AZURE_CLIENT_ID,
    keyVaultUrl: found.GATEHOUSE_KEY_VAULT_URL,
    clockUrl: found.GATEHOUSE_CLOCK_URL,
    publicUrl: found.GATEHOUSE_PUBLIC_URL,
    tenant: found.GATEHOUSE_TENANT ?? '',
    tokenIssuer: found.GATEHOUSE_TOKEN_ISSUER ?? '',
    tokenAudience: found.GATEHOUSE_TOKEN_AUDIENCE,
    sealingKey: found.GATEHOUSE_SECRET_SEALING_KEY,
    trustedProxies: found.GATEHOUSE_TRUSTED_PROXIES,
    telemetry: telemetryOf(found),
    logLevel: found.GATEHOUSE_LOG_LEVEL,
    secret: (name) => environment[secretSetting(name)],
    named: (name) => environment[name],
  };
}

function telemetryOf(found: z.infer<typeof settingsSchema>): TelemetrySettings {
  const { APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString, APPLICATIONINSIGHTS_AUTHENTICATION_STRING: authentication } = found;
  return {
    applicationInsights: connectionString === undefined ? undefined : { connectionString, authentication },
    otlpEndpoint: found.OTEL_EXPORTER_OTLP_ENDPOINT,
    traceShare: found.OTEL_TRACES_SAMPLER_ARG,
    teller: { site: found.WEBSITE_SITE_NAME, instance: found.WEBSITE_INSTANCE_ID },
  };
}

function databaseOf(found: z.infer<typeof settingsSchema>): DatabaseSettings | undefined {
  if (found.DATABASE_URL === undefined) return undefined;
  return {
    url: found.DATABASE_URL,
    login: found.GATEHOUSE_DATABASE_LOGIN,
    caFile: found.GATEHOUSE_DATABASE_CA,
    poolSize: found.GATEHOUSE_DATABASE_POOL,
  };
}

/** The setting that holds a secret of the configuration. */
export function secretSetting(name: string): string {
  return `GATEHOUSE_SECRET_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** The registry's folder within the data folder. */
export function registryFolder(found: Settings): string {
  return join(found.dataDir, 'registry');
}
