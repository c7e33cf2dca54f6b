/** The binary form of a security identifier such as `S-1-5-21-1-2-3-1104` (MS-DTYP 2.4.2.2). */
export function sidToBytes(sid: string): Buffer {
  const [revision = 1, authority = 0, ...parts] = sid.split('-').slice(1).map(Number);
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes.writeUInt8(revision, 0);
  bytes.writeUInt8(parts.length, 1);
  bytes.writeUIntBE(authority, 2, 6);
  parts.forEach((part, index) => bytes.writeUInt32LE(part, 8 + 4 * index));
  return bytes;
}

/** The string form of a binary security identifier. Undefined when the bytes are not one. */
export function sidFromBytes(bytes: Uint8Array): string | undefined {
  const view = Buffer.from(bytes);
  if (view.length < 8 || view.length !== 8 + 4 * view.readUInt8(1)) return undefined;
  const parts = Array.from({ length: view.readUInt8(1) }, (_, index) => view.readUInt32LE(8 + 4 * index));
  return ['S', view.readUInt8(0), view.readUIntBE(2, 6), ...parts].join('-');
}
