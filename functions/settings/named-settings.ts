import type { Config } from '../../shared/config/config.ts';
import type { ScimConfig, SourceConfig, TargetConfig } from '../../shared/config/systems.ts';
import type { AzureApp } from './setting-facts.ts';
import { secretSetting } from './settings.ts';

/** A setting that exists because the configuration names it. */
export type NamedSetting = {
  readonly name: string;
  readonly kind: 'secret' | 'address' | 'file';
  /** Whether the start stops without it: an address has a default, and Entra may be signed in to by the process's own identity. */
  readonly required: boolean;
  /** Which function apps need it. */
  readonly apps: readonly AzureApp[];
  /** The source or target that needs it. */
  readonly by: string;
};

const targetApps: readonly AzureApp[] = ['work', 'hands'];

/** Every setting that the sources and targets of a configuration name. */
export function namedSettings({ sources, targets }: Pick<Config, 'sources' | 'targets'>): readonly NamedSetting[] {
  return [...Object.values(sources).flatMap(ofSource), ...Object.values(targets).flatMap(ofTarget)];
}

function ofSource(source: SourceConfig): readonly NamedSetting[] {
  const by = `the source ${source.id}`;
  const webhook = source.webhookSecret === null ? [] : [secret(source.webhookSecret, { by, apps: ['ingest'] })];
  if (source.kind === 'csv') return webhook;
  return [...webhook, secret(source.reread.secret, { by, apps: ['work'] }), address(source.reread.urlSetting, { by, apps: ['work'] })];
}

function ofTarget(target: TargetConfig): readonly NamedSetting[] {
  const where = { by: `the target ${target.id}`, apps: targetApps };
  switch (target.kind) {
    case 'ad':
      return [secret(target.secret, where)];
    case 'entra':
      return [{ ...secret(target.secret, where), required: false }];
    case 'oci': {
      const { proof } = target;
      if ('secret' in proof) return [secret(proof.secret, where)];
      const { certificate } = proof;
      return 'key' in certificate
        ? [secret(certificate.key, where)]
        : [{ name: certificate.keyFile, kind: 'file', required: true, ...where }];
    }
    case 'scim':
      return [address(target.url.setting, where), ...ofScim(target.auth, where)];
    case 'mail':
    case 'hr':
      return [];
  }
}

type Where = Pick<NamedSetting, 'by' | 'apps'>;

function ofScim(auth: ScimConfig['auth'], where: Where): readonly NamedSetting[] {
  switch (auth.kind) {
    case 'bearer':
      return [secret(auth.secret, where)];
    case 'client-credentials':
      return [secret(auth.secret, where), address(auth.tokenUrl.setting, where)];
    case 'mtls':
      return [auth.certificate, auth.key, auth.authority].filter((name) => name !== null).map((name) => secret(name, where));
  }
}

function secret(name: string, where: Where): NamedSetting {
  return { name: secretSetting(name), kind: 'secret', required: true, ...where };
}

function address(name: string, where: Where): NamedSetting {
  return { name, kind: 'address', required: false, ...where };
}
