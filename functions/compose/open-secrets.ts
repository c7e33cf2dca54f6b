import { join } from 'node:path';
import type { Config } from '../../shared/config/config.ts';
import { openSealedFileSecrets } from '../../shared/connectors/secrets/sealed-file-secrets.ts';
import { createSealedRegistrySecrets } from '../../shared/connectors/secrets/sealed-registry-secrets.ts';
import type { Registry } from '../../shared/ports/registry/registry.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import type { Settings } from '../settings/settings.ts';
import { secretsOf } from './compose-sources.ts';
import { secretsOfTarget } from './compose-targets.ts';

/** One process keeps what it seals in its data folder; where the roles are apart, one seals what another shows, and the registry lies between them. */
export async function openSecrets(settings: Settings, config: Config, registry: Registry): Promise<Secrets> {
  const configured = configuredSecrets(config, settings);
  if (settings.role === 'all') return openSealedFileSecrets({ folder: join(settings.dataDir, 'secrets'), configured });
  return createSealedRegistrySecrets({ key: settings.sealingKey, configured }, registry.stores.sealed);
}

function configuredSecrets(config: Config, settings: Settings): Readonly<Record<string, string | undefined>> {
  const sources = Object.values(config.sources).flatMap(secretsOf);
  const targets = Object.values(config.targets).flatMap(secretsOfTarget);
  return Object.fromEntries([...sources, ...targets].map((name) => [name, settings.secret(name)]));
}
