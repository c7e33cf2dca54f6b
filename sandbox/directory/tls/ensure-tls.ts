import 'reflect-metadata';
import { webcrypto, X509Certificate as NodeCertificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { controllers } from '../domain.ts';

/** The directory's certificate and key in PEM, and the file with the authority that clients are to trust. */
export type TlsFiles = { readonly certificate: string; readonly key: string; readonly caFile: string };

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 86_400_000;
const caDays = 3650;
const serverDays = 825;

/** The certificate by which the directory's controllers are known at 127.0.0.1, localhost and their host names, signed by its own authority. Both are made at the first start into `tls/` of the
 * data folder and kept; a certificate that has run out, or does not name every controller, is made anew under the same authority. Keys are readable by their owner alone. */
export async function ensureTls(dataDir: string): Promise<TlsFiles> {
  const folder = join(dataDir, 'tls');
  const file = (name: string) => join(folder, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(file('ca-key.pem')) || !isValid(file('ca.pem'))) await makeAuthority(file);
  if (!existsSync(file('server-key.pem')) || !isValid(file('server.pem'), file('ca.pem')) || !namesAll(file('server.pem')))
    await makeServer(file);
  return {
    certificate: readFileSync(file('server.pem'), 'utf8'),
    key: readFileSync(file('server-key.pem'), 'utf8'),
    caFile: file('ca.pem'),
  };
}

type FileNamed = (name: string) => string;

function isValid(certificateFile: string, issuerFile?: string): boolean {
  if (!existsSync(certificateFile)) return false;
  const certificate = new NodeCertificate(readFileSync(certificateFile));
  const isIssued = issuerFile === undefined || certificate.verify(new NodeCertificate(readFileSync(issuerFile)).publicKey);
  return isIssued && Date.parse(certificate.validTo) > Date.now() + dayMs;
}

function namesAll(certificateFile: string): boolean {
  const certificate = new NodeCertificate(readFileSync(certificateFile));
  return Object.values(controllers).every(({ hostName }) => certificate.checkHost(hostName) !== undefined);
}

async function makeAuthority(file: FileNamed): Promise<void> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Contoso Sandbox CA,O=Contoso',
    keys,
    signingAlgorithm: algorithm,
    ...validFor(caDays),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  await write(file('ca.pem'), file('ca-key.pem'), certificate, keys.privateKey);
}

async function makeServer(file: FileNamed): Promise<void> {
  const authority = new X509Certificate(readFileSync(file('ca.pem'), 'utf8'));
  const signingKey = await webcrypto.subtle.importKey(
    'pkcs8',
    PemConverter.decodeFirst(readFileSync(file('ca-key.pem'), 'utf8')),
    algorithm,
    false,
    ['sign'],
  );
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${controllers.dc1.hostName}`,
    issuer: authority.subject,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    ...validFor(serverDays),
    extensions: [
      new BasicConstraintsExtension(false),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'dns', value: 'localhost' },
        ...Object.values(controllers).map(({ hostName }) => ({ type: 'dns' as const, value: hostName })),
      ]),
    ],
  });
  await write(file('server.pem'), file('server-key.pem'), certificate, keys.privateKey);
}

function validFor(days: number): { readonly notBefore: Date; readonly notAfter: Date } {
  return { notBefore: new Date(Date.now() - dayMs), notAfter: new Date(Date.now() + days * dayMs) };
}

async function write(certificateFile: string, keyFile: string, certificate: X509Certificate, key: webcrypto.CryptoKey): Promise<void> {
  writeFileSync(keyFile, PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY'), { mode: 0o600 });
  writeFileSync(certificateFile, certificate.toString('pem'));
}
