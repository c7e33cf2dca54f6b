import { z } from 'zod';
import { printsPasswords } from './prints-passwords.ts';
import { appRoles, type AzureApp, setting } from './setting-facts.ts';
import { addresses, folderOrFile, share, someText, url, wholeNumber } from './setting-values.ts';

const withTargets: readonly AzureApp[] = ['work', 'hands'];
const withCallers: readonly AzureApp[] = ['ingest', 'work'];

/**
 * Everything that the product reads from its environment, and the only place where it does: local, sandbox and Azure differ by these alone. What the configuration names
 * besides (secrets, addresses of sources and applications) is in named-settings.ts, what the Functions host reads in host-settings.ts.
 */
export const settingsSchema = z.object({
  GATEHOUSE_ROLE: setting(z.enum(appRoles, { error: `has to be one of ${appRoles.join(', ')}` }).default('all'), {
    says: 'what this function app does: `ingest` takes events in and shows passes, `work` plans, runs orchestrations and answers the API, `hands` makes privileged changes, `all` does everything in one process ([architecture.md](architecture.md#three-apps))',
  }),
  GATEHOUSE_CONFIG_DIR: setting(folderOrFile.default('config'), { says: 'the folder of the configuration' }),
  GATEHOUSE_DATA_DIR: setting(folderOrFile.default('.gatehouse'), {
    says: 'the data folder: registry, sealed secrets; of the host too',
  }),

  DATABASE_URL: setting(z.url({ protocol: /^postgres(ql)?$/, error: 'is no address of a PostgreSQL' }).optional(), {
    says: 'a PostgreSQL 15 or later for the registry. Over a network its certificate is always verified',
    secret: true,
    otherwise: 'PGlite in the data folder; required where the role is not `all`',
    example: 'postgresql://gatehouse-work@contoso.postgres.database.azure.com/gatehouse',
  }),
  GATEHOUSE_DATABASE_LOGIN: setting(
    z
      .enum(['password', 'identity'], { error: 'has to be password (the one in DATABASE_URL) or identity (an Entra token)' })
      .default('password'),
    {
      says: 'how the registry is signed in to: `password`, with the one in `DATABASE_URL`; `identity`, with an Entra token of the process in its place',
    },
  ),
  GATEHOUSE_DATABASE_CA: setting(folderOrFile.optional(), {
    says: "a file with the certificate of the CA that signed the database's",
    otherwise: 'the CAs that Node trusts',
  }),
  GATEHOUSE_DATABASE_POOL: setting(wholeNumber(1, 100).default(4), {
    says: 'how many connections to the database one process opens at most; times the greatest number of instances it has to stay below the `max_connections` of the server',
  }),
  GATEHOUSE_ANCHOR_DIR: setting(folderOrFile.optional(), {
    says: "the folder of the audit's anchors; where those who administer the database cannot write ([audit.md](audit.md))",
    otherwise: '`anchors` in the data folder',
  }),

  GATEHOUSE_GRAPH_URL: setting(url.optional(), {
    apps: withTargets,
    needed: 'always',
    otherwise: 'required, but not in `ingest`',
    says: 'Microsoft Graph',
    example: 'https://graph.microsoft.com',
  }),
  GATEHOUSE_OCI_URL: setting(url.optional(), {
    apps: withTargets,
    says: 'the OCI identity domain',
    otherwise: 'required with a target of the kind `oci`, but not in `ingest`',
    example: 'https://idcs-0123.identity.oraclecloud.com',
  }),
  GATEHOUSE_AD_URL: setting(addresses(/^ldaps?$/).optional(), {
    apps: withTargets,
    says: 'the domain controllers, `ldaps://`, or `ldap://` for StartTLS, with commas between. The first that can be reached is worked on, and kept to until it cannot be; containment is looked for on all of them',
    otherwise: 'required with a target of the kind `ad`, but not in `ingest`',
    example: 'ldaps://dc1.corp.contoso.example,ldaps://dc2.corp.contoso.example',
  }),
  GATEHOUSE_AD_CA: setting(folderOrFile.optional(), {
    apps: withTargets,
    says: "a file with the certificate of the directory's CA",
    otherwise: 'the CAs that Node trusts',
  }),

  GATEHOUSE_SERVICEBUS: setting(someText.optional(), {
    says: 'a Service Bus connection string',
    secret: true,
    otherwise: 'required, or the next; the embedded host sets it',
  }),
  GATEHOUSE_SERVICEBUS__fullyQualifiedNamespace: setting(
    z.hostname({ error: 'is no host name, such as contoso.servicebus.windows.net' }).optional(),
    { says: 'a Service Bus namespace to which the process signs in as itself', otherwise: '–', example: 'contoso.servicebus.windows.net' },
  ),
  AZURE_CLIENT_ID: setting(z.guid({ error: 'is no client id (a GUID)' }).optional(), {
    says: 'the client id of the user-assigned managed identity that this function app signs in as: to Graph, Service Bus and the database',
    otherwise: 'the usual chain of `DefaultAzureCredential`',
  }),

  GATEHOUSE_KEY_VAULT_URL: setting(url.optional(), {
    says: 'the Key Vault whose secrets health watches for their end; the identity needs the role Key Vault Reader on it',
    otherwise: 'the end of secrets is not watched',
    example: 'https://contoso-gatehouse.vault.azure.net',
  }),

  GATEHOUSE_PUBLIC_URL: setting(url.default('http://127.0.0.1:7071'), {
    says: 'where people reach Gatehouse: the links to passes; for the command line, where to ask',
  }),
  GATEHOUSE_TENANT: setting(someText.optional(), {
    apps: withCallers,
    needed: 'always',
    otherwise: 'required, but not in `hands`',
    says: 'the tenant of the tokens for the API',
    example: '8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4',
  }),
  GATEHOUSE_TOKEN_ISSUER: setting(url.optional(), {
    apps: withCallers,
    needed: 'always',
    otherwise: 'required, but not in `hands`',
    says: 'their issuer; the keys are read from `discovery/v2.0/keys` beside it',
    example: 'https://login.microsoftonline.com/<tenant>/v2.0',
  }),
  GATEHOUSE_TOKEN_AUDIENCE: setting(someText.default('api://gatehouse'), { apps: withCallers, says: 'their audience' }),
  GATEHOUSE_SECRET_SEALING_KEY: setting(someText.optional(), {
    apps: ['ingest', 'hands'],
    needed: 'apart',
    secret: true,
    says: 'what passes are sealed with between `hands`, which issues them, and `ingest`, which shows them: 32 bytes in base64, the same in both, and nowhere else',
    otherwise: 'a file in the data folder; required where the roles are apart',
    example: 'the output of openssl rand -base64 32',
  }),
  GATEHOUSE_TRUSTED_PROXIES: setting(wholeNumber(0, 5).default(0), {
    apps: ['ingest'],
    says: 'how many proxies of your own (Front Door, Application Gateway, API Management) a request has passed before it reaches the front end of the function app. The address of a sender is counted from the right of `X-Forwarded-For` by it ([security.md](security.md#webhooks-from-known-addresses))',
  }),

  APPLICATIONINSIGHTS_CONNECTION_STRING: setting(someText.optional(), {
    says: 'where traces, metrics and logs are sent (Application Insights)',
    secret: true,
    otherwise: 'nothing is sent',
  }),
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: setting(someText.optional(), {
    says: 'with which identity they are sent',
    otherwise: 'by the connection string alone',
    example: 'Authorization=AAD;ClientId=<client id of the identity>',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(url.optional(), {
    says: 'the base address of a collector that takes OTLP over HTTP: traces, metrics and logs are sent there, besides Application Insights or in its place',
    otherwise: 'nothing is sent',
    example: 'http://collector.contoso.example:4318',
  }),
  OTEL_TRACES_SAMPLER_ARG: setting(share.default(1), {
    says: 'which share of all traces is kept, from 0 to 1; every process keeps the same ones. Metrics and logs are always kept',
  }),
  WEBSITE_SITE_NAME: setting(someText.optional(), {
    apps: [],
    says: 'set by Azure: the function app, under whose name telemetry is told',
    otherwise: '`gatehouse`',
  }),
  WEBSITE_INSTANCE_ID: setting(someText.optional(), { apps: [], says: 'set by Azure: the instance of the app', otherwise: 'the process' }),
  GATEHOUSE_LOG_LEVEL: setting(
    z.enum(['debug', 'info', 'warn', 'error'], { error: 'has to be one of debug, info, warn, error' }).default('info'),
    { says: 'from which level on the log is written: `debug`, `info`, `warn` or `error`' },
  ),
  GATEHOUSE_CLOCK_URL: setting(url.optional(), {
    apps: [],
    says: "the sandbox's control address, whose time is then followed; of this machine only",
    otherwise: "the machine's clock",
  }),
  NODE_DEBUG: setting(
    z
      .string()
      .refine((names) => !printsPasswords(names), { error: 'names ldapts, which would print passwords' })
      .optional(),
    {
      apps: [],
      says: 'what Node logs of itself. It must not name `ldapts`, which would print passwords',
      otherwise: 'nothing',
    },
  ),
});
