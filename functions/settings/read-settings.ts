import type { z } from 'zod';
import type { Config } from '../../shared/config/config.ts';
import { GatehouseError } from '../../shared/errors.ts';
import { crossChecks } from './cross-checks.ts';
import { type NamedSetting, namedSettings } from './named-settings.ts';
import { hostSettings } from './host-settings.ts';
import { otherSettings } from './other-settings.ts';
import { type AppRole, type AzureApp, settingFacts } from './setting-facts.ts';
import { listOfProblems, type SettingProblem } from './setting-problem.ts';
import { type Settings, toSettings } from './settings.ts';
import { settingsSchema } from './settings-schema.ts';
import { unknownSettings } from './unknown-settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Systems = Pick<Config, 'sources' | 'targets'>;

/** The settings, the configuration that was read by them, and names that nothing reads. */
export type ReadSettings<Loaded> = { readonly settings: Settings; readonly config: Loaded; readonly unread: readonly string[] };

/**
 * Reads the environment, and the configuration from the folder that it names, since the configuration names settings in its turn. An empty variable counts as absent. Throws
 * `config-invalid` with all that is wrong or missing, a line each, and never with a value.
 */
export function readSettings<Loaded extends Systems>(given: Environment, load: (configDir: string) => Loaded): ReadSettings<Loaded> {
  const environment = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const result = settingsSchema.safeParse(environment);
  const role = settingsSchema.shape.GATEHOUSE_ROLE.safeParse(environment['GATEHOUSE_ROLE']).data ?? 'all';
  const loaded = tryLoading(load, settingsSchema.shape.GATEHOUSE_CONFIG_DIR.parse(environment['GATEHOUSE_CONFIG_DIR']));
  const named = 'config' in loaded ? namedSettings(loaded.config) : [];
  const { slips, others } = unknownSettings(environment, knownNames(named, environment, 'config' in loaded));
  const problems = [
    ...(result.error?.issues ?? []).map((issue) => ofSchema(issue, environment)),
    ...crossChecks(environment, role),
    ...named.filter(({ apps }) => countsFor(apps, role)).flatMap((one) => ofNamed(one, environment)),
    ...slips,
  ];
  if (!result.success || problems.length > 0) throw refused(once(problems), 'trouble' in loaded ? loaded.trouble : undefined);
  if (!('config' in loaded)) throw loaded.trouble;
  return { settings: toSettings(result.data, environment), config: loaded.config, unread: others };
}

function tryLoading<Loaded>(load: (configDir: string) => Loaded, configDir: string): { config: Loaded } | { trouble: GatehouseError } {
  try {
    return { config: load(configDir) };
  } catch (error) {
    if (error instanceof GatehouseError && error.code === 'config-invalid') return { trouble: error };
    throw error;
  }
}

function refused(problems: readonly SettingProblem[], trouble: GatehouseError | undefined): GatehouseError {
  const lists = ['Settings are wrong or missing:', listOfProblems(problems), ...(trouble === undefined ? [] : [trouble.message])];
  return new GatehouseError('config-invalid', lists.join('\n'));
}

/** What the configuration would name is not known while it cannot be read: nothing of that kind is unknown then. */
function knownNames(named: readonly NamedSetting[], environment: Environment, isLoaded: boolean): ReadonlySet<string> {
  const own = Object.keys(settingsSchema.shape);
  const others = [...hostSettings.map(({ name }) => name), ...otherSettings.flatMap(({ names }) => names)];
  const perhaps = isLoaded ? [] : Object.keys(environment).filter((name) => /^GATEHOUSE_(SECRET|SCIM)_|_URL$/.test(name));
  return new Set([...own, ...others, ...named.map(({ name }) => name), ...perhaps]);
}

function countsFor(apps: readonly AzureApp[], role: AppRole): boolean {
  return role === 'all' || apps.includes(role);
}

function ofSchema(issue: z.core.$ZodIssue, environment: Environment): SettingProblem {
  const name = String(issue.path[0]) as keyof typeof settingsSchema.shape;
  const { says = '', example } = settingFacts.get(settingsSchema.shape[name]) ?? {};
  const wayOut = `Give ${says.split(/[.;:,](?: |$)/)[0] ?? says}${example === undefined ? '' : `, such as ${example}`}`;
  return { name, problem: environment[name] === undefined ? 'is missing' : issue.message, wayOut };
}

function ofNamed({ name, kind, required, by }: NamedSetting, environment: Environment): readonly SettingProblem[] {
  const value = environment[name];
  if (value === undefined)
    return required
      ? [{ name, problem: `is missing, and ${by} needs it`, wayOut: `Give the ${kind}, or take ${by} out of the configuration` }]
      : [];
  if (kind !== 'address' || URL.canParse(value)) return [];
  return [{ name, problem: `is no address, and ${by} needs one`, wayOut: 'Give an address that begins with https://' }];
}

/** A setting is told of once, however many need it. */
function once(problems: readonly SettingProblem[]): readonly SettingProblem[] {
  return [...new Map(problems.map((one) => [`${one.name} ${one.problem}`, one])).values()];
}
