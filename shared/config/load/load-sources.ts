import type { z } from 'zod';
import type { RecordMap } from '../../domain/records/record-map.ts';
import { bambooFields, csvColumns } from '../default-fields.ts';
import { sourcesFile } from '../files/sources-file.ts';
import type { RereadConfig, SourceConfig } from '../systems.ts';
import type { ConfigFolder } from './config-folder.ts';

type Given = z.infer<typeof sourcesFile>['sources'][string];
type GivenMap = Extract<Given, { readonly kind: 'bamboohr' }>['fields'];

/** sources.yaml: the sources by their ids. What a field map does not mention stays as it is by default. */
export function loadSources(folder: ConfigFolder): Readonly<Record<string, SourceConfig>> | undefined {
  const loaded = folder.load('sources.yaml', sourcesFile);
  if (!loaded) return undefined;
  return Object.fromEntries(Object.entries(loaded.data.sources).map(([id, given]) => [id, toSource(id, given)]));
}

function toSource(id: string, given: Given): SourceConfig {
  const common = { id, mode: given.mode, allow: given.allow };
  switch (given.kind) {
    case 'generic-hr':
      return { ...common, kind: given.kind, webhookSecret: given.webhook.secret, reread: toReread(given.reread) };
    case 'bamboohr':
      return {
        ...common,
        kind: given.kind,
        webhookSecret: given.webhook.secret,
        reread: toReread(given.reread),
        fields: withDefaults(bambooFields, given.fields),
      };
    case 'csv':
      return {
        ...common,
        kind: given.kind,
        webhookSecret: given.webhook?.secret ?? null,
        columns: withDefaults(csvColumns, given.columns),
      };
  }
}

function toReread({ url, secret }: Extract<Given, { readonly kind: 'generic-hr' }>['reread']): RereadConfig {
  return { urlSetting: url.setting, urlDefault: url.default, secret };
}

function withDefaults(defaults: RecordMap, given: GivenMap): RecordMap {
  const entries = Object.entries({ ...defaults, ...given });
  return Object.fromEntries(entries.flatMap(([path, rules]) => (rules === null ? [] : [[path, rules.map(withoutUndefined)] as const])));
}

type GivenRule = {
  readonly field: string;
  readonly values?: Readonly<Record<string, string | null>> | undefined;
  readonly otherwise?: string | undefined;
};

function withoutUndefined({ field, values, otherwise }: GivenRule): RecordMap[string][number] {
  return { field, ...(values === undefined ? {} : { values }), ...(otherwise === undefined ? {} : { otherwise }) };
}
