import { createMemoryLedger } from '../../../shared/connectors/http/memory-ledger.ts';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeOciApi } from '../../../functions/compose/compose-oci-api.ts';
import type { Settings } from '../../../functions/settings/settings.ts';
import { addClientKey } from '../../../sandbox/oci/client-assertion.ts';
import type { CertificateConfig } from '../../../shared/config/systems.ts';
import { createPemSigningKey } from '../../../shared/connectors/keys/pem-signing-key.ts';
import { clientAssertion } from '../../../shared/connectors/oci/client-assertion.ts';
import { startContoso, type Contoso } from '../../contracts/contoso.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const signal = AbortSignal.timeout(60_000);
const wall = { now: () => Date.now() };
let contoso: Contoso;
let folder: string;
beforeAll(async () => {
  contoso = await startContoso();
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-key-'));
  await writeFile(join(folder, 'key.pem'), pem, { mode: 0o600 });
  addClientKey(contoso.sandbox.world.database, 'gatehouse-2026', publicKey.export({ type: 'spki', format: 'pem' }).toString());
});
afterAll(async () => {
  await contoso.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Reads one user with a client that proves itself by the certificate. */
function readWith(certificate: CertificateConfig, key = pem, clientId = 'gatehouse') {
  const settings = { ociUrl: contoso.sandbox.urls.oci, named: () => join(folder, 'key.pem') } as unknown as Settings;
  const secrets = { read: () => Promise.resolve(key) } as never;
  const api = composeOciApi({ settings, secrets, quotas: createMemoryLedger() }, { clientId, proof: { certificate }, tier: 'premium' });
  return api.read({ method: 'GET', path: '/Users?count=1' }, signal);
}

describe('a client of an identity domain that proves itself by a certificate', () => {
  it.each<[string, CertificateConfig, string]>([
    ['as a secret', { alias: 'gatehouse-2026', key: 'oci-key' }, pem],
    ['as a secret in one line', { alias: 'gatehouse-2026', key: 'oci-key' }, pem.replaceAll('\n', '\\n')],
    [
      'in the older form of openssl',
      { alias: 'gatehouse-2026', key: 'oci-key' },
      privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    ],
    ['in a file that a setting names', { alias: 'gatehouse-2026', keyFile: 'GATEHOUSE_OCI_KEY_FILE' }, ''],
  ])('is let in with its private key %s', async (_, certificate, key) => {
    expect(await readWith(certificate, key)).toMatchObject({ status: 200 });
  });

  it('is let in by nothing but its own key, under its own name, and is told so in the words of the domain', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const refused = { code: 'target-unreachable', message: expect.stringContaining('Client authentication failed') };
    await expect(readWith({ alias: 'gatehouse-2026', key: 'k' }, other)).rejects.toMatchObject(refused);
    await expect(readWith({ alias: 'unknown', key: 'k' })).rejects.toMatchObject(refused);
    await expect(readWith({ alias: 'gatehouse-2026', key: 'k' }, pem, 'somebody-else')).rejects.toMatchObject(refused);
  });

  it('says what is wrong with a key that cannot sign, without a word of the key', async () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const sign = (text: string) => createPemSigningKey('gatehouse-2026', () => Promise.resolve(text)).sign({});
    await expect(sign(short)).rejects.toMatchObject({ code: 'config-invalid', message: expect.stringContaining('rsa of 1024 bits') });
    await expect(sign('s3cret')).rejects.toMatchObject({ message: expect.not.stringContaining('s3cret') });
    await expect(sign('s3cret')).rejects.toMatchObject({ message: expect.stringContaining('no private key in PEM') });
  });

  it('makes each assertion for identity domains alone, good for five minutes, and never the same twice', async () => {
    const key = createPemSigningKey('gatehouse-2026', () => Promise.resolve(pem));
    const [one, other] = await Promise.all([clientAssertion('gatehouse', key, wall), clientAssertion('gatehouse', key, wall)]);
    expect(decodeProtectedHeader(one)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'gatehouse-2026' });
    const { iat = 0, exp = 0, jti, ...claims } = decodeJwt(one);
    expect(claims).toEqual({ iss: 'gatehouse', sub: 'gatehouse', aud: 'https://identity.oraclecloud.com/' });
    expect(exp - iat).toBe(300);
    expect(decodeJwt(other).jti).not.toBe(jti);
  });
});
