import type { Config } from '../../shared/config/config.ts';
import type { OciConfig, ScimConfig, SourceConfig, TargetConfig } from '../../shared/config/systems.ts';
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
  /** What it is. */
  readonly says: string;
};

const targetApps: readonly AzureApp[] = ['work', 'hands'];

/** Every setting that the sources and targets of a configuration name. */
export function namedSettings({ sources, targets }: Pick<Config, 'sources' | 'targets'>): readonly NamedSetting[] {
  return [...Object.values(sources).flatMap(ofSource), ...Object.values(targets).flatMap(ofTarget)];
}

function ofSource(source: SourceConfig): readonly NamedSetting[] {
  const by = `the source ${source.id}`;
  const signs =
    source.kind === 'bamboohr' ? 'the private key of its webhook, which BambooHR shows once' : 'what its webhook is signed with';
  const webhook = source.webhookSecret === null ? [] : [secret(source.webhookSecret, { by, apps: ['ingest'], says: signs })];
  if (source.kind === 'csv') return webhook;
  const { urlSetting, secret: key } = source.reread;
  const [api, access] =
    source.kind === 'bamboohr'
      ? [
          'its API up to the version: `https://<company>.bamboohr.com/api`',
          'an API key; the access of its user decides which fields are seen',
        ]
      : ['its API', 'the key of its API'];
  return [...webhook, secret(key, { by, apps: ['work'], says: access }), address(urlSetting, { by, apps: ['work'], says: api })];
}

function ofTarget(target: TargetConfig): readonly NamedSetting[] {
  const where = { by: `the target ${target.id}`, apps: targetApps };
  switch (target.kind) {
    case 'ad':
      return [secret(target.secret, { ...where, says: 'the password of the service account' })];
    case 'entra': {
      const says = 'the client secret; where it is absent the process signs in as itself (managed identity)';
      return [{ ...secret(target.secret, { ...where, says }), required: false }];
    }
    case 'oci':
      return [ofOci(target.proof, where)];
    case 'scim':
      return [address(target.url.setting, { ...where, says: 'its address above `/Users`' }), ...ofScim(target.auth, where)];
    case 'mail':
    case 'hr':
      return [];
  }
}

type Where = Pick<NamedSetting, 'by' | 'apps'>;
type About = Where & Pick<NamedSetting, 'says'>;

function ofOci(proof: OciConfig['proof'], where: Where): NamedSetting {
  if ('secret' in proof) return secret(proof.secret, { ...where, says: 'the client secret' });
  const { certificate } = proof;
  const says = "the private key of the client's certificate";
  if ('key' in certificate) return secret(certificate.key, { ...where, says });
  return { name: certificate.keyFile, kind: 'file', required: true, ...where, says: `a file with ${says}` };
}

function ofScim(auth: ScimConfig['auth'], where: Where): readonly NamedSetting[] {
  switch (auth.kind) {
    case 'bearer':
      return [secret(auth.secret, { ...where, says: 'its token' })];
    case 'client-credentials':
      return [
        secret(auth.secret, { ...where, says: 'the client secret' }),
        address(auth.tokenUrl.setting, { ...where, says: 'where its tokens are had' }),
      ];
    case 'mtls': {
      const parts = [
        [auth.certificate, 'the certificate of the client'],
        [auth.key, 'its private key'],
        [auth.authority, "the certificate of the application's own authority"],
      ] as const;
      return parts.flatMap(([name, says]) => (name === null ? [] : [secret(name, { ...where, says })]));
    }
  }
}

function secret(name: string, about: About): NamedSetting {
  return { name: secretSetting(name), kind: 'secret', required: true, ...about };
}

function address(name: string, about: About): NamedSetting {
  return { name, kind: 'address', required: false, ...about };
}
