import { z } from 'zod';

/** The roles of a function app: `all` is one process that plays the three. */
export const appRoles = ['all', 'ingest', 'work', 'hands'] as const;
export type AppRole = (typeof appRoles)[number];

/** The function apps of an installation on Azure, each with an identity of its own. */
export type AzureApp = Exclude<AppRole, 'all'>;

/** Where a setting counts in every function app. */
export const everyApp: readonly AzureApp[] = ['ingest', 'work', 'hands'];

/** What people are told about a setting, besides the values that it takes. */
export type SettingFacts = {
  /** What it says, as docs/settings.md has it, in Markdown. */
  readonly says: string;
  /** Whether its value is a secret. Such a value is never shown, and on Azure is a reference to Key Vault. */
  readonly secret: boolean;
  /** Which function apps need it. */
  readonly apps: readonly AzureApp[];
  /** What holds where it is absent, if that is not a value. */
  readonly otherwise?: string;
  /** A value that would do. */
  readonly example?: string;
};

/** What is known of each setting of the schema. */
export const settingFacts = z.registry<SettingFacts>();

/** A schema like the one given, described. Without `apps` it counts in all, and without `secret` it may be seen. */
export function setting<Schema extends z.ZodType>(schema: Schema, facts: Pick<SettingFacts, 'says'> & Partial<SettingFacts>): Schema {
  // The registry goes by the schema itself, and several settings may be of one kind.
  const own = schema.clone();
  settingFacts.add(own, { secret: false, apps: everyApp, ...facts });
  return own;
}
