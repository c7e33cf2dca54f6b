/** The 16 bytes in which Active Directory stores a GUID: its first three fields are little-endian (MS-DTYP 2.3.4.2). */
export function guidToBytes(guid: string): Buffer {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  return Buffer.concat([bytes.subarray(0, 4).reverse(), bytes.subarray(4, 6).reverse(), bytes.subarray(6, 8).reverse(), bytes.subarray(8)]);
}

/** The string form of a stored GUID, in lower case. Undefined unless there are 16 bytes. */
export function guidFromBytes(bytes: Uint8Array): string | undefined {
  if (bytes.length !== 16) return undefined;
  const hex = guidToBytes(Buffer.from(bytes).toString('hex')).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Reads what may stand in `<GUID=…>`: the string form, or the stored bytes as 32 hexadecimal digits (MS-ADTS 3.1.1.3.1.2.4). */
export function parseGuidText(text: string): string | undefined {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  return /^[0-9a-f]{32}$/i.test(text) ? guidFromBytes(Buffer.from(text, 'hex')) : undefined;
}
