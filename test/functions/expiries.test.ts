import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controllerCertificates } from '../../shared/connectors/ad/certificate-expiry.ts';
import { createFixedTokenSource } from '../../shared/connectors/http/fixed-token-source.ts';
import { keyVaultExpiries } from '../../shared/connectors/key-vault/key-vault-expiries.ts';
import { certificateEnds } from '../../shared/connectors/keys/certificate-end.ts';
import { expiryProbe } from '../../shared/operations/probe-expiries.ts';
import type { Expiry } from '../../shared/ports/expiries.ts';

const dayMs = 86_400_000;
const now = Date.parse('2026-11-30T12:00:00Z');
const at = (days: number): number => now + days * dayMs;
const probe = (...expiries: readonly Expiry[]) =>
  expiryProbe([{ where: 'the vault', list: () => Promise.resolve(expiries) }], { now: () => now })();
const signal = AbortSignal.timeout(20_000);

describe('Health about what ends', () => {
  it('says nothing while all secrets are good for more than a month, warns a month before, and is red a week before and after the end', async () => {
    expect(await probe({ what: 'The key', expiresAt: at(31) })).toBeUndefined();
    expect(await probe({ what: 'The key', expiresAt: at(29.5) }, { what: 'Another', expiresAt: at(90) })).toBe(
      'The key ends on 2026-12-30, in 29 days.',
    );
    await expect(probe({ what: 'The key', expiresAt: at(6) }, { what: 'The other', expiresAt: at(20) })).rejects.toThrow(
      'The key ends on 2026-12-06, in 6 days. The other ends on 2026-12-20, in 20 days.',
    );
    await expect(probe({ what: 'The key', expiresAt: at(-1) })).rejects.toThrow('The key has ended on 2026-11-29.');
  });

  it('warns, with the reason, where the ends cannot be looked up, and asks no more often than every quarter of an hour', async () => {
    let asked = 0;
    let time = now;
    const list = () => {
      asked += 1;
      return Promise.reject(new Error('403 Forbidden'));
    };
    const ask = expiryProbe([{ where: 'the vault', list }], { now: () => time });
    for (const _ of [1, 2, 3]) expect(await ask()).toBe('When secrets end could not be read from the vault: 403 Forbidden');
    expect(asked).toBe(1);
    time += 16 * 60_000;
    await ask();
    expect(asked).toBe(2);
  });
});

describe('The ends of secrets in a Key Vault', () => {
  let server: Server;
  let url: string;
  const asked: (string | undefined)[] = [];
  beforeAll(async () => {
    // As https://learn.microsoft.com/rest/api/keyvault/secrets/get-secrets/get-secrets shows it: pages, times in seconds, names in addresses.
    server = createServer((request, response) => {
      asked.push(request.headers.authorization);
      const secret = (name: string, attributes: object) => ({ id: `${url}/secrets/${name}`, attributes: { enabled: true, ...attributes } });
      const first = {
        value: [secret('hr-generic', { exp: at(3) / 1000 }), secret('no-end', {})],
        nextLink: `${url}/secrets?api-version=7.4&$skiptoken=2`,
      };
      const second = { value: [secret('oci-key', { exp: at(20) / 1000 }), secret('old', { enabled: false, exp: 1 })], nextLink: null };
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify(request.url?.includes('skiptoken') === true ? second : first));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  it('are read page by page, of those that are enabled and have one, with names and dates alone', async () => {
    const vault = keyVaultExpiries(
      url,
      createFixedTokenSource(() => Promise.resolve('a-token')),
    );
    expect(await vault.list(signal)).toEqual([
      { what: 'The secret hr-generic in Key Vault', expiresAt: at(3) },
      { what: 'The secret oci-key in Key Vault', expiresAt: at(20) },
    ]);
    expect(asked).toEqual(['Bearer a-token', 'Bearer a-token']);
  });
});

describe('The ends of certificates', () => {
  const end = new Date('2026-12-24T00:00:00Z');
  let server: TlsServer;
  let certificate: string;
  beforeAll(async () => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const made = await X509CertificateGenerator.createSelfSigned({
      name: 'CN=dc1',
      keys,
      signingAlgorithm: algorithm,
      notBefore: new Date('2020-01-01T00:00:00Z'),
      notAfter: end,
    });
    certificate = made.toString('pem');
    const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
    server = createTlsServer({ cert: certificate, key }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => void server.close());

  it('are seen in a handshake with a domain controller, and read from our own', async () => {
    const url = `ldaps://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(
      await controllerCertificates([
        { url, caFile: undefined },
        { url: 'ldap://dc2', caFile: undefined },
      ]).list(signal),
    ).toEqual([{ what: 'The certificate of the domain controller 127.0.0.1', expiresAt: end.getTime() }]);
    const own = certificateEnds([{ what: 'Ours', pem: () => Promise.resolve(certificate) }]);
    expect(await own.list(signal)).toEqual([{ what: 'Ours', expiresAt: end.getTime() }]);
  });
});
