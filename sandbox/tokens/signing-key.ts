import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';
import type { World } from '../foundation/world.ts';

/** The tenant's RS256 key. `kid` is the RFC 7638 thumbprint of the public key. */
export type SigningKey = { readonly privateKey: KeyObject; readonly publicKey: KeyObject; readonly publicJwk: JWK; readonly kid: string };

const keys = new WeakMap<World, Promise<SigningKey>>();

/** The world's signing key, made at first use and kept in the data folder as `signing-key.pem`, readable by its owner only. */
export function signingKey(world: World): Promise<SigningKey> {
  const known = keys.get(world);
  if (known !== undefined) return known;
  const key = describe(loadOrMake(join(world.dataDir, 'signing-key.pem')));
  keys.set(world, key);
  return key;
}

function loadOrMake(file: string): KeyObject {
  if (existsSync(file)) return createPrivateKey(readFileSync(file));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  // Renamed into place, so that a kill leaves no half-written key.
  writeFileSync(`${file}.new`, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return privateKey;
}

async function describe(privateKey: KeyObject): Promise<SigningKey> {
  const publicKey = createPublicKey(privateKey);
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { privateKey, publicKey, publicJwk: { ...jwk, kid, use: 'sig', alg: 'RS256' }, kid };
}
