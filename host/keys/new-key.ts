import { randomBytes } from 'node:crypto';

/** A new random key of 256 bits that needs no encoding in an address. */
export function newKey(): string {
  return randomBytes(32).toString('base64url');
}
