import { dirname, join } from 'node:path';
import { z } from 'zod';
import { hostSettings } from '../../functions/settings/host-settings.ts';
import { type NamedSetting, namedSettings } from '../../functions/settings/named-settings.ts';
import { otherSettings } from '../../functions/settings/other-settings.ts';
import { type AzureApp, everyApp, settingFacts } from '../../functions/settings/setting-facts.ts';
import { settingsSchema } from '../../functions/settings/settings-schema.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { catalog } from '../../shared/tasks/catalog.ts';

/** docs/settings.md: every setting, from the schema that reads it and the configuration as it is shipped. */
export function settingsPage(): string {
  const named = namedSettings(loadConfig(join(dirname(dirname(import.meta.dirname)), 'config'), catalog));
  return `${[...head(), ...ofTheProduct(), ...ofTheConfiguration(named), ...ofTheHost(), ...ofTheNeighbours()].join('\n')}\n`;
}

function head(): readonly string[] {
  return [
    '# Settings',
    '',
    '<!-- Made by `npm run docs` from functions/settings/ and config/: edit those, not this. -->',
    '',
    'Environment variables: addresses, places and secrets, in which one installation differs from another. Local, sandbox and Azure differ by these alone. What an adopter decides is in `config/` ([configuration.md](configuration.md)).',
    '',
    '- Whatever is missing or wrong stops the start with one list: the setting, what is wrong, what to do. No value is ever in it.',
    '- An empty variable counts as absent. `npm start` sets all that is required here to the values of the sandbox, unless the environment says otherwise.',
    '- A name with `GATEHOUSE_` that nothing reads stops the start where it is nearly the name of an absent setting: a default would hold in the place of what was meant. Any other is told in the log: the settings of a deployment may come before the version that knows them.',
    '- A reference to Key Vault that Azure could not resolve stops the start.',
    '- **secret**: the value is never shown; on Azure it is a reference to Key Vault wherever it holds a password or a key. **apps**: which of the three function apps need it; an app that does everything needs all.',
  ];
}

function ofTheProduct(): readonly string[] {
  const rows = Object.entries(settingsSchema.shape).map(([name, schema]) => {
    const facts = settingFacts.get(schema);
    if (facts === undefined) throw new Error(`${name} has no description: give it one with setting().`);
    const example = facts.example === undefined ? '' : `. Such as \`${facts.example}\``;
    return `| \`${name}\` | ${facts.says}${example} | ${defaultOf(schema, facts.otherwise)} | ${facts.secret ? 'yes' : '–'} | ${appsIn(facts.apps)} |`;
  });
  return ['', '## The product', '', '| setting | says | default | secret | apps |', '|---|---|---|---|---|', ...rows];
}

function defaultOf(schema: z.ZodType, otherwise: string | undefined): string {
  const found = schema.safeParse(undefined);
  if (!found.success) return 'required';
  return z.union([z.string(), z.number()]).safeParse(found.data).success ? `\`${String(found.data)}\`` : (otherwise ?? '–');
}

function appsIn(apps: readonly AzureApp[]): string {
  if (apps.length === everyApp.length) return 'every';
  return apps.length === 0 ? '–' : apps.join(', ');
}

function ofTheConfiguration(named: readonly NamedSetting[]): readonly string[] {
  const secrets = named.filter(({ kind }) => kind === 'secret');
  const others = named.filter(({ kind }) => kind !== 'secret');
  const row = ({ name, by, says, apps, required }: NamedSetting) =>
    `| \`${name}\` | ${by.replace(/^the (\w+) (.+)$/, '$1 `$2`')}: ${says} | ${required ? 'required' : '–'} | ${appsIn(apps)} |`;
  return [
    '',
    '## What the configuration names',
    '',
    'The configuration names secrets and some addresses. The value of the secret `hr-api` is in `GATEHOUSE_SECRET_HR_API`: upper case, dashes as underscores. An address that is absent is what the configuration gives as its default; those of applications that speak SCIM begin with `GATEHOUSE_SCIM_` ([connectors.md](connectors.md#any-scim-20-application)).',
    'A source or target that is taken out of the configuration needs nothing. With the configuration as it is shipped:',
    '',
    '| setting | is | | apps |',
    '|---|---|---|---|',
    ...[...secrets, ...others].map(row),
    '',
    'In the place of the secret of OCI a certificate can be configured, whose private key is a secret too, or a file that a setting of your naming points to ([connectors.md](connectors.md#oci-iam-identity-domain)).',
    'A secret that begins with `sandbox-` is refused while an address points away from this machine.',
  ];
}

function ofTheHost(): readonly string[] {
  return [
    '',
    '## What Azure reads',
    '',
    'The product never reads these: the Functions host, its triggers and the libraries of Azure do. A deployment sets those that it needs.',
    '',
    '| setting | says | apps |',
    '|---|---|---|',
    ...hostSettings.map(({ name, says, apps, source }) => `| \`${name}\` | ${says} ([source](${source})) | ${appsIn(apps)} |`),
  ];
}

function ofTheNeighbours(): readonly string[] {
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  return [
    '',
    '## The host, the sandbox, the command line',
    '',
    '| setting | says | default |',
    '|---|---|---|',
    ...otherSettings.map(({ names, says, otherwise }) => `| ${code(names)} | ${says} | ${otherwise} |`),
    '',
    'The sandbox listens where `GATEHOUSE_GRAPH_URL`, `GATEHOUSE_OCI_URL` and `GATEHOUSE_AD_URL` say ([sandbox.md](sandbox.md)); how the host takes its port, folder and queues is in [host.md](host.md).',
  ];
}
