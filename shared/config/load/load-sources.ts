import { sourcesFile } from '../files/sources-file.ts';
import type { SourceConfig } from '../systems.ts';
import type { ConfigFolder } from './config-folder.ts';

/** sources.yaml: the sources by their ids. */
export function loadSources(folder: ConfigFolder): Readonly<Record<string, SourceConfig>> | undefined {
  const loaded = folder.load('sources.yaml', sourcesFile);
  if (!loaded) return undefined;
  const sources = Object.entries(loaded.data.sources).map(([id, { kind, mode, webhook, reread }]): readonly [string, SourceConfig] => [
    id,
    {
      id,
      kind,
      mode,
      webhookSecret: webhook.secret,
      reread: { urlSetting: reread.url.setting, urlDefault: reread.url.default, secret: reread.secret },
    },
  ]);
  return Object.fromEntries(sources);
}
