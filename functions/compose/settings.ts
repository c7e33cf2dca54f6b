import { join } from 'node:path';
import { z } from 'zod';
import { GatehouseError } from '../../shared/errors.ts';

const url = z.url();
/** One address, or several with commas between. */
const urls = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .pipe(z.tuple([url], url));
const settings = z.object({
  GATEHOUSE_CONFIG_DIR: z.string().default('config'),
  GATEHOUSE_DATA_DIR: z.string().default('.gatehouse'),
  DATABASE_URL: z.string().optional(),
  GATEHOUSE_ANCHOR_DIR: z.string().min(1).optional(),
  GATEHOUSE_KEY_VAULT_URL: url.optional(),
  GATEHOUSE_GRAPH_URL: url,
  GATEHOUSE_OCI_URL: url,
  GATEHOUSE_AD_URL: urls,
  GATEHOUSE_AD_CA: z.string().optional(),
  GATEHOUSE_CLOCK_URL: url.optional(),
  GATEHOUSE_PUBLIC_URL: url.default('http://127.0.0.1:7071'),
  GATEHOUSE_TENANT: z.string().min(1),
  GATEHOUSE_TOKEN_ISSUER: url,
  GATEHOUSE_TOKEN_AUDIENCE: z.string().default('api://gatehouse'),
  GATEHOUSE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

/** Everything the product takes from its environment. Local, sandbox and Azure differ by these alone. */
export type Settings = {
  readonly configDir: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  /** The folder of the audit's anchors. */
  readonly anchorDir: string;
  /** The Key Vault whose secrets' ends are watched; undefined where there is none. */
  readonly keyVaultUrl: string | undefined;
  readonly graphUrl: string;
  readonly ociUrl: string;
  /** The domain controllers, the one to be preferred first. */
  readonly adUrls: readonly [string, ...string[]];
  readonly adCaFile: string | undefined;
  readonly serviceBus: { readonly connectionString: string } | { readonly fullyQualifiedNamespace: string };
  readonly clockUrl: string | undefined;
  readonly publicUrl: string;
  readonly tenant: string;
  readonly tokenIssuer: string;
  readonly tokenAudience: string;
  readonly logLevel: string;
  /** Secrets by the names that the configuration uses: `hr-api` is `GATEHOUSE_SECRET_HR_API`. */
  secret(name: string): string | undefined;
  /** Any other setting that the configuration names. */
  named(name: string): string | undefined;
};

/** Reads the environment; throws `config-invalid` with everything that is wrong or missing. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const result = settings.safeParse(environment);
  const connectionString = environment['GATEHOUSE_SERVICEBUS'];
  const fullyQualifiedNamespace = environment['GATEHOUSE_SERVICEBUS__fullyQualifiedNamespace'];
  const problems = (result.error?.issues ?? []).map(
    (issue) => `${issue.path.join('.')}: ${environment[issue.path.join('.')] === undefined ? 'is missing' : issue.message}`,
  );
  if (connectionString === undefined && fullyQualifiedNamespace === undefined) problems.push('GATEHOUSE_SERVICEBUS: is missing');
  problems.push(...sandboxSecretsAbroad(environment));
  if (!result.success || problems.length > 0)
    throw new GatehouseError('config-invalid', `Settings are wrong or missing:\n${problems.join('\n')}`);
  const found = result.data;
  return {
    configDir: found.GATEHOUSE_CONFIG_DIR,
    dataDir: found.GATEHOUSE_DATA_DIR,
    databaseUrl: found.DATABASE_URL,
    anchorDir: found.GATEHOUSE_ANCHOR_DIR ?? join(found.GATEHOUSE_DATA_DIR, 'anchors'),
    keyVaultUrl: found.GATEHOUSE_KEY_VAULT_URL,
    graphUrl: found.GATEHOUSE_GRAPH_URL,
    ociUrl: found.GATEHOUSE_OCI_URL,
    adUrls: found.GATEHOUSE_AD_URL,
    adCaFile: found.GATEHOUSE_AD_CA,
    serviceBus: connectionString !== undefined ? { connectionString } : { fullyQualifiedNamespace: fullyQualifiedNamespace ?? '' },
    clockUrl: found.GATEHOUSE_CLOCK_URL,
    publicUrl: found.GATEHOUSE_PUBLIC_URL,
    tenant: found.GATEHOUSE_TENANT,
    tokenIssuer: found.GATEHOUSE_TOKEN_ISSUER,
    tokenAudience: found.GATEHOUSE_TOKEN_AUDIENCE,
    logLevel: found.GATEHOUSE_LOG_LEVEL,
    secret: (name) => environment[`GATEHOUSE_SECRET_${name.toUpperCase().replaceAll('-', '_')}`],
    named: (name) => environment[name],
  };
}

const loopback = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/** The sandbox's secrets are known to everybody, so they may only ever be used on this machine. */
function sandboxSecretsAbroad(environment: NodeJS.ProcessEnv): readonly string[] {
  const used = Object.entries(environment).filter(([name, value]) => name.startsWith('GATEHOUSE_SECRET_') && value?.startsWith('sandbox-'));
  const applications = Object.keys(environment).filter((name) => name.startsWith('GATEHOUSE_SCIM_'));
  const abroad = [
    ...applications,
    'GATEHOUSE_GRAPH_URL',
    'GATEHOUSE_OCI_URL',
    'GATEHOUSE_AD_URL',
    'GATEHOUSE_HR_URL',
    'GATEHOUSE_BAMBOO_URL',
    'GATEHOUSE_PUBLIC_URL',
  ].filter((name) => {
    const value = environment[name];
    return value?.split(',').some((one) => URL.canParse(one) && !loopback.test(new URL(one).hostname)) === true;
  });
  if (used.length === 0 || abroad.length === 0) return [];
  return [
    `${used.map(([name]) => name).join(', ')}: a secret of the sandbox must not be used while ${abroad.join(', ')} points away from this machine`,
  ];
}

/** The registry's folder within the data folder. */
export function registryFolder(found: Settings): string {
  return join(found.dataDir, 'registry');
}
