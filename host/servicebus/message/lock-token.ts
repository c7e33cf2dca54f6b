import { randomUUID } from 'node:crypto';

/** A new lock token: 32 hexadecimal digits of a random UUID. */
export function newLockToken(): string {
  return randomUUID().replaceAll('-', '');
}

/**
 * The delivery tag that carries a token: the bytes of a .NET Guid, whose first three groups are little-endian
 * (learn.microsoft.com/dotnet/api/system.guid.tobytearray).
 */
export function tagOfToken(token: string): Buffer {
  return swapped(Buffer.from(token, 'hex'));
}

/** The token a delivery tag carries. */
export function tokenOfTag(tag: Buffer | string): string {
  return swapped(Buffer.from(tag)).toString('hex');
}

function swapped(guid: Buffer): Buffer {
  guid.subarray(0, 4).reverse();
  guid.subarray(4, 6).reverse();
  guid.subarray(6, 8).reverse();
  return guid;
}
