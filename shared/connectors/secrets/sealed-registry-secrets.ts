import { createHash } from 'node:crypto';
import { GatehouseError } from '../../errors.ts';
import type { SealedStore } from '../../ports/registry/sealed.ts';
import type { Secrets } from '../../ports/secrets.ts';
import { configuredSecret } from './configured-secret.ts';
import { seal, unseal } from './seal.ts';

/** `key` is the sealing key in base64; undefined for a process that keeps and takes nothing. */
export type SealedRegistrySettings = {
  readonly key: string | undefined;
  readonly configured: Readonly<Record<string, string | undefined>>;
};

const keyBytes = 32;

/**
 * Secrets that one process seals and another takes: configured ones as given, kept ones in the registry, which sees a digest of the name and a sealed value. Whoever has the registry alone can read none of
 * them, and a process without the key neither. Throws `config-invalid` where the key is none.
 */
export function createSealedRegistrySecrets({ key, configured }: SealedRegistrySettings, sealed: SealedStore): Secrets {
  const bytes = key === undefined ? undefined : keyOf(key);
  const digestOf = (name: string): string => createHash('sha256').update(name).digest('hex');
  return {
    read: configuredSecret(configured),
    keep: async (name, value, expiresAt) => sealed.keep(digestOf(name), seal(needed(bytes), name, value).toString('base64'), expiresAt),
    has: (name, now) => sealed.has(digestOf(name), now),
    async take(name, now) {
      const own = needed(bytes);
      const found = await sealed.take(digestOf(name));
      return found !== undefined && found.expiresAt > now ? unseal(own, name, Buffer.from(found.value, 'base64')) : undefined;
    },
    async forget(name) {
      await sealed.take(digestOf(name));
    },
  };
}

function keyOf(text: string): Buffer {
  const key = Buffer.from(text, 'base64');
  if (key.length === keyBytes) return key;
  throw new GatehouseError(
    'config-invalid',
    `GATEHOUSE_SECRET_SEALING_KEY is not ${keyBytes} bytes in base64. Make one with: openssl rand -base64 ${keyBytes}`,
  );
}

function needed(key: Buffer | undefined): Buffer {
  if (key !== undefined) return key;
  throw new GatehouseError('config-invalid', 'This process has no GATEHOUSE_SECRET_SEALING_KEY: it neither seals passes nor shows them.');
}
