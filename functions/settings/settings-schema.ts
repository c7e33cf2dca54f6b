import { z } from 'zod';
import { printsPasswords } from './prints-passwords.ts';
import { appRoles, setting } from './setting-facts.ts';
import { addresses, folderOrFile, someText, url, wholeNumber } from './setting-values.ts';

/**
 * Everything that the product reads from its environment, and the only place where it does: local, sandbox and Azure differ by these alone. What the configuration names
 * besides (secrets, addresses of sources and applications) is in named-settings.ts, what the Functions host reads in host-settings.ts.
 */
export const settingsSchema = z.object({
  GATEHOUSE_ROLE: setting(z.enum(appRoles, { error: `has to be one of ${appRoles.join(', ')}` }).default('all'), {
    says: 'what this function app does: `ingest` takes events and answers the API, `work` runs orchestrations and activities, `hands` makes privileged changes, `all` does everything in one process',
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

  GATEHOUSE_GRAPH_URL: setting(url, { says: 'Microsoft Graph', example: 'https://graph.microsoft.com' }),
  GATEHOUSE_OCI_URL: setting(url, { says: 'the OCI identity domain', example: 'https://idcs-0123.identity.oraclecloud.com' }),
  GATEHOUSE_AD_URL: setting(addresses(/^ldaps?$/), {
    says: 'the domain controllers, `ldaps://`, or `ldap://` for StartTLS, with commas between. The first that can be reached is worked on, and kept to until it cannot be; containment is looked for on all of them',
    example: 'ldaps://dc1.corp.contoso.example,ldaps://dc2.corp.contoso.example',
  }),
  GATEHOUSE_AD_CA: setting(folderOrFile.optional(), {
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
  GATEHOUSE_TENANT: setting(someText, { says: 'the tenant of the tokens for the API', example: '8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4' }),
  GATEHOUSE_TOKEN_ISSUER: setting(url, {
    says: 'their issuer; the keys are read from `discovery/v2.0/keys` beside it',
    example: 'https://login.microsoftonline.com/<tenant>/v2.0',
  }),
  GATEHOUSE_TOKEN_AUDIENCE: setting(someText.default('api://gatehouse'), { says: 'their audience' }),
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
