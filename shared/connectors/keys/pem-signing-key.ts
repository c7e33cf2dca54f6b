import { createPrivateKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { GatehouseError } from '../../errors.ts';
import type { SigningKey } from '../../ports/signing-key.ts';

const leastBits = 2048;

/** An RSA key in PEM (PKCS #8 or PKCS #1, without a passphrase), of 2,048 bits or more (RFC 7518 section 3.3). `pem` is read for each signature, so that a rotated key is taken up. */
export function createPemSigningKey(id: string, pem: () => Promise<string>): SigningKey {
  return {
    id,
    sign: async (claims) =>
      new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: id }).sign(readKey(id, await pem())),
  };
}

function readKey(id: string, pem: string): KeyObject {
  const key = parsed(pem);
  const bits = key?.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key?.asymmetricKeyType === 'rsa' && bits >= leastBits) return key;
  const found = key === undefined ? 'it is no private key in PEM' : `it is ${key.asymmetricKeyType ?? 'another kind'} of ${bits} bits`;
  throw new GatehouseError(
    'config-invalid',
    `The signing key "${id}" cannot be used: ${found}. Give an RSA key of ${leastBits} bits or more, without a passphrase.`,
  );
}

/** Where a setting cannot hold several lines, `\n` stands for a line's end. What the library says of a broken key is not passed on: it may quote it. */
function parsed(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem.replaceAll('\\n', '\n'));
  } catch {
    return undefined;
  }
}
