import { describe, expect, it } from 'vitest';
import { readSettings, type ReadSettings } from '../../functions/settings/read-settings.ts';
import { type SettingFacts, settingFacts } from '../../functions/settings/setting-facts.ts';
import { settingsSchema } from '../../functions/settings/settings-schema.ts';
import type { Config } from '../../shared/config/config.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { GatehouseError } from '../../shared/errors.ts';
import { catalog } from '../../shared/tasks/catalog.ts';
import { productEnvironment } from '../support/product-environment.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const urls = {
  control: 'http://127.0.0.1:1',
  hr: 'http://127.0.0.1:1',
  graph: 'http://127.0.0.1:2',
  oci: 'http://127.0.0.1:3',
  ldaps: 'ldaps://127.0.0.1:4',
  ldapsSecond: 'ldaps://127.0.0.1:5',
  ldap: 'ldap://127.0.0.1:6',
  ldapSecond: 'ldap://127.0.0.1:7',
  scim: 'http://127.0.0.1:8/scim/v2',
};
const good = productEnvironment({ urls, caFile: '/ca.pem' }, '/data');
const shipped = loadConfig('config', catalog);

function read(environment: Environment, load: (configDir: string) => Config = () => shipped): ReadSettings<Config> {
  return readSettings(environment, load);
}

/** The lines of the refusal; none where the start goes on. */
function told(environment: Environment, load?: (configDir: string) => Config): readonly string[] {
  try {
    read(environment, load);
    return [];
  } catch (error) {
    expect(error).toMatchObject({ code: 'config-invalid' });
    return error instanceof Error ? error.message.split('\n').slice(1) : [];
  }
}

const onAzure = {
  ...good,
  GATEHOUSE_ROLE: 'work',
  DATABASE_URL: 'postgresql://work@db.example/gatehouse',
  GATEHOUSE_DATABASE_LOGIN: 'identity',
};

describe('settings', () => {
  it('are told all at once where they are wrong or missing, each with what to do', () => {
    const { GATEHOUSE_TENANT: _, GATEHOUSE_SERVICEBUS: __, GATEHOUSE_SECRET_HR_API: ___, ...rest } = good;
    expect(told({ ...rest, GATEHOUSE_GRAPH_URL: 'graph', GATEHOUSE_LOG_LEVEL: 'loud', GATEHOUSE_DATABASE_POOL: '0' })).toEqual([
      'GATEHOUSE_DATABASE_POOL: has to be a whole number from 1 to 100. Give how many connections to the database one process opens at most',
      'GATEHOUSE_GRAPH_URL: is no address that begins with https:// or http://. Give Microsoft Graph, such as https://graph.microsoft.com',
      'GATEHOUSE_LOG_LEVEL: has to be one of debug, info, warn, error. Give from which level on the log is written',
      'GATEHOUSE_TENANT: is missing. Give the tenant of the tokens for the API, such as 8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4',
      'GATEHOUSE_SERVICEBUS: is missing. Give a connection string, or a namespace in GATEHOUSE_SERVICEBUS__fullyQualifiedNamespace',
      'GATEHOUSE_SECRET_HR_API: is missing, and the source generic needs it. Give the secret, or take the source generic out of the configuration',
    ]);
  });

  it('never show the value of a secret, whatever is wrong with it', () => {
    const canary = 'canary-0b7f';
    const secrets = Object.entries(settingsSchema.shape).filter(([, schema]) => settingFacts.get(schema)?.secret === true);
    expect(secrets.map(([name]) => name)).toEqual([
      'DATABASE_URL',
      'GATEHOUSE_SERVICEBUS',
      'GATEHOUSE_SECRET_SEALING_KEY',
      'APPLICATIONINSIGHTS_CONNECTION_STRING',
    ]);
    const wrong = Object.fromEntries([...secrets.map(([name]) => [name, canary]), ['GATEHOUSE_SECRET_HR_API', `sandbox-${canary}`]]);
    const lines = told({ ...good, ...wrong, GATEHOUSE_GRAPH_URL: 'https://graph.microsoft.com', GATEHOUSE_TENANT: undefined });
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join('\n')).not.toContain(canary);
    const withPassword = told({ ...onAzure, DATABASE_URL: `postgresql://work:${canary}@db.example/gatehouse?sslmode=no-verify` });
    expect(withPassword).toHaveLength(2);
    expect(withPassword.join('\n')).not.toContain(canary);
  });

  it('are told together with the mistakes of the configuration', () => {
    const load = (): Config => {
      throw new GatehouseError('config-invalid', 'The configuration has a mistake:\nsources.yaml:3');
    };
    expect(told({ ...good, GATEHOUSE_TENANT: undefined }, load)).toEqual([
      expect.stringContaining('GATEHOUSE_TENANT: is missing'),
      'The configuration has a mistake:',
      'sources.yaml:3',
    ]);
    expect(told(good, load)).toEqual(['sources.yaml:3']);
  });

  it('that are empty count as absent', () => {
    expect(read({ ...good, GATEHOUSE_LOG_LEVEL: '', DATABASE_URL: '' }).settings).toMatchObject({ logLevel: 'info', database: undefined });
    expect(told({ ...good, GATEHOUSE_TENANT: '' })).toEqual([expect.stringContaining('GATEHOUSE_TENANT: is missing')]);
  });

  it('whose name is nearly that of an absent one stop the start, since a default would hold in silence', () => {
    expect(told({ ...good, GATEHOUSE_ANCHOR_DRI: '/anchors', GATEHOUSE_SECRET_HR_GENERIK: 'x', GATEHOUSE_SECRET_HR_GENERIC: '' })).toEqual([
      expect.stringContaining('GATEHOUSE_SECRET_HR_GENERIC: is missing'),
      'GATEHOUSE_ANCHOR_DRI: is no setting, and likely a slip for GATEHOUSE_ANCHOR_DIR. Name it GATEHOUSE_ANCHOR_DIR, or take it away',
      expect.stringContaining('GATEHOUSE_SECRET_HR_GENERIK: is no setting, and likely a slip for GATEHOUSE_SECRET_HR_GENERIC'),
    ]);
  });

  it('that only another version knows are told, and stop nothing', () => {
    expect(read({ ...good, GATEHOUSE_OF_NEXT_YEAR: 'x', GATEHOUSE_TEST_SEED: '1' }).unread).toEqual(['GATEHOUSE_OF_NEXT_YEAR']);
  });

  it('that Azure could not fetch from Key Vault stop the start', () => {
    const reference = '@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/hr-api)';
    expect(told({ ...good, GATEHOUSE_SECRET_HR_API: reference })).toEqual([
      expect.stringContaining('GATEHOUSE_SECRET_HR_API: is a reference to Key Vault that Azure could not resolve'),
    ]);
  });

  it('ask each function app for its own secrets only', () => {
    const shared = {
      ...onAzure,
      ...Object.fromEntries(
        Object.keys(good)
          .filter((name) => name.includes('_SECRET_'))
          .map((name) => [name, '']),
      ),
    };
    const needs = (role: string) => told({ ...shared, GATEHOUSE_ROLE: role }).map((line) => /^GATEHOUSE_SECRET_(\w+)/.exec(line)?.[1]);
    expect(needs('ingest')).toEqual(['SEALING_KEY', 'HR_GENERIC', 'BAMBOO_WEBHOOK']);
    expect(needs('work')).toEqual(['HR_API', 'BAMBOO_KEY', 'AD_BIND', 'OCI_CLIENT']);
    expect(needs('hands')).toEqual(['SEALING_KEY', 'AD_BIND', 'OCI_CLIENT']);
  });

  it('of a function app that is not alone need a database for all', () => {
    expect(told({ ...onAzure, DATABASE_URL: '' })).toEqual([expect.stringContaining('DATABASE_URL: is missing, and the role work shares')]);
    expect(read(onAzure).settings.database).toEqual({ url: onAzure.DATABASE_URL, login: 'identity', caFile: undefined, poolSize: 4 });
  });

  it.each(['sslmode=disable', 'sslmode=no-verify', 'ssl=false', 'sslrootcert=/x'])(
    'do not let an address of the database say %s',
    (part) => {
      expect(told({ ...good, DATABASE_URL: `postgresql://g:p@db.example/gatehouse?${part}` })).toEqual([
        expect.stringContaining('says how TLS is done'),
      ]);
    },
  );

  it.each(['ldapts', 'http,LDAPTS', 'ldap*', '*'])('refuse NODE_DEBUG %s, since passwords of the directory would be printed', (value) => {
    expect(told({ ...good, NODE_DEBUG: value })).toEqual([expect.stringContaining('NODE_DEBUG: names ldapts')]);
  });

  it.each([undefined, '', 'http', 'http,net'])('do not mind NODE_DEBUG %s', (value) => {
    expect(told({ ...good, NODE_DEBUG: value })).toEqual([]);
  });

  it('each have a description, and say whether they are a secret and where they count', () => {
    const facts: readonly (SettingFacts | undefined)[] = Object.values(settingsSchema.shape).map((schema) => settingFacts.get(schema));
    expect(facts.filter((one) => one === undefined || one.says.length < 10)).toEqual([]);
  });
});
