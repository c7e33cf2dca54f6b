import { describe, expect, it } from 'vitest';
import { hostSettings } from '../../functions/settings/host-settings.ts';
import { namedSettings } from '../../functions/settings/named-settings.ts';
import { readSettings } from '../../functions/settings/read-settings.ts';
import { type AzureApp, everyApp, settingFacts } from '../../functions/settings/setting-facts.ts';
import { settingsSchema } from '../../functions/settings/settings-schema.ts';
import { workFunctions } from '../../functions/tables/work.ts';
import type { Config } from '../../shared/config/config.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { catalog } from '../../shared/tasks/catalog.ts';
import { evaluate, type Value } from './evaluate.ts';
import { fileOf, namesIn, parametersOf, topologies } from './infra.ts';

type Topology = (typeof topologies)[number];
type Backend = 'scheduler' | 'storage';

const shipped = loadConfig('config', catalog);
// The systems of the shipped configuration that each topology has.
const systems: Readonly<Record<Topology, readonly string[]>> = {
  'cloud-only': ['bamboo', 'csv', 'entra:contoso', 'mail:contoso'],
  'hybrid-basic': ['generic', 'csv', 'ad:contoso', 'entra:contoso', 'mail:contoso', 'hr:contoso'],
  'hybrid-advanced': [...Object.keys(shipped.sources), ...Object.keys(shipped.targets)],
};

function configOf(topology: Topology): Config {
  const kept = <T>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(all).filter(([id]) => systems[topology].includes(id)));
  return { ...shipped, sources: kept(shipped.sources), targets: kept(shipped.targets) };
}

const perRole = (value: (role: AzureApp) => Value) => Object.fromEntries(everyApp.map((role) => [role, value(role)]));

/** The settings that infra gives to an app: the expression of apps.bicep, with what the other modules would hand it. */
function settingsOf(role: AzureApp, topology: Topology, backend: Backend = 'scheduler'): Readonly<Record<string, string>> {
  const main = namesIn(fileOf('main.bicep'), parametersOf(`infra/parameters/${topology}.json`));
  const given: Readonly<Record<string, Value>> = {
    prefix: main('prefix'),
    token: main('token'),
    product: main('product'),
    secrets: main('secrets'),
    databasePool: main('databasePool'),
    identities: perRole((one) => ({
      id: `/identities/${one}`,
      clientId: `00000000-0000-4000-8000-00000000000${one.length}`,
      name: `gatehouse-test-${one}`,
    })),
    accountNames: perRole((one) => `st${one}`),
    vaultNames: perRole((one) => `kv-${one}`),
    postgresHost: 'gatehouse-test-db.postgres.database.azure.com',
    databaseName: 'gatehouse',
    namespaceHost: 'gatehouse-test-bus.servicebus.windows.net',
    schedulerEndpoint: backend === 'scheduler' ? 'https://gatehouse.northeurope.durabletask.io' : '',
    taskHubName: 'gatehouse',
    insightsConnectionString: 'InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://in.example/',
  };
  const file = fileOf('apps.bicep');
  const names = namesIn(file, given);
  const settings = evaluate(file.given('apps', 'settings'), (name) =>
    name === 'role' ? role : name === 'place' ? everyApp.indexOf(role) : names(name),
  );
  return settings as Readonly<Record<string, string>>;
}

const allNames = new Map(
  everyApp.map((role) => {
    const names = topologies.flatMap((topology) =>
      (['scheduler', 'storage'] as const).flatMap((backend) => Object.keys(settingsOf(role, topology, backend))),
    );
    return [role, new Set(names)] as const;
  }),
);
const namesSet = (role: AzureApp): ReadonlySet<string> => allNames.get(role) ?? new Set();

// Left to their defaults on Azure, each for its reason.
const leftAlone: Readonly<Record<string, string>> = {
  GATEHOUSE_SERVICEBUS: 'a connection string is a secret; the namespace is signed in to with a token',
  GATEHOUSE_DATABASE_CA: 'the CA of Azure is one that Node trusts',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'telemetry goes to Application Insights',
  OTEL_TRACES_SAMPLER_ARG: 'all traces are kept',
  GATEHOUSE_ANCHOR_DIR: 'there is no folder that outlives an instance: docs/deploy.md',
};

describe.each(everyApp)('the settings of %s', (role) => {
  it('are all that the code reads there', () => {
    const read = Object.entries(settingsSchema.shape).filter(([, schema]) => settingFacts.get(schema)?.apps.includes(role));
    const missing = read.map(([name]) => name).filter((name) => !namesSet(role).has(name) && !Object.hasOwn(leftAlone, name));
    expect(missing).toEqual([]);
  });

  it('are none that neither the code nor Azure reads there', () => {
    const ofSchema = Object.entries(settingsSchema.shape).flatMap(([name, schema]) =>
      settingFacts.get(schema)?.apps.includes(role) ? [name] : [],
    );
    const ofHost = hostSettings.filter(({ apps }) => apps.includes(role)).map(({ name }) => name);
    const named = namedSettings(shipped).map(({ name }) => name);
    const known = new Set([...ofSchema, ...ofHost, ...named]);
    const overrides = /^AzureFunctionsJobHost__extensions__durableTask__/;
    const unread = [...namesSet(role)].filter((name) => !known.has(name) && !(role === 'work' && overrides.test(name)));
    expect(unread).toEqual([]);
  });

  it.each(topologies)('let it start in the topology %s, with the secrets that its configuration names', (topology) => {
    const settings = settingsOf(role, topology);
    // What Azure would put in the place of a reference.
    const resolved = Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [name, value.startsWith('@Microsoft.KeyVault(') ? 'from the vault' : value]),
    );
    const { settings: found, unread } = readSettings(resolved, () => configOf(topology));
    expect(found).toMatchObject({
      role,
      database: { login: 'identity' },
      serviceBus: { fullyQualifiedNamespace: 'gatehouse-test-bus.servicebus.windows.net' },
    });
    expect(unread).toEqual([]);
  });

  it('name no secret that its configuration does not, and no value of one', () => {
    for (const topology of topologies) {
      const ofConfig = namedSettings(configOf(topology)).filter(({ kind, apps }) => kind === 'secret' && apps.includes(role));
      const named = [...ofConfig, ...(role === 'work' ? [] : [{ name: 'GATEHOUSE_SECRET_SEALING_KEY' }])];
      const secrets = Object.entries(settingsOf(role, topology)).filter(([name]) => name.startsWith('GATEHOUSE_SECRET_'));
      expect(
        secrets.map(([name]) => name).filter((name) => !named.some((one) => one.name === name)),
        topology,
      ).toEqual([]);
      for (const [, value] of secrets)
        expect(value).toMatch(new RegExp(`^@Microsoft\\.KeyVault\\(VaultName=kv-${role};SecretName=[a-z-]+\\)$`));
    }
  });
});

describe('what only one app may know', () => {
  it('is where orchestrations are: “work” alone', () => {
    const told = everyApp.filter((role) => [...namesSet(role)].some((name) => /durableTask|DURABLE|TASKHUB/.test(name)));
    expect(told).toEqual(['work']);
  });
});

describe('schedules', () => {
  it('are in UTC: infra sets no time zone, which Flex Consumption would not heed', () => {
    expect(everyApp.filter((role) => namesSet(role).has('WEBSITE_TIME_ZONE'))).toEqual([]);
    const schedules = workFunctions.flatMap((one) => (one.on === 'timer' ? [one.schedule] : []));
    expect(schedules.length).toBeGreaterThan(5);
    for (const schedule of schedules) expect(schedule.split(' ')).toHaveLength(6);
  });
});
