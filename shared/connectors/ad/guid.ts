/** The string form, in lower case, of a GUID as Active Directory stores it: the first three fields are little-endian (MS-DTYP 2.3.4.2). */
export function guidText(bytes: Buffer): string {
  const hex = swapped(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The stored bytes of a GUID; undefined for what is not one. */
export function guidBytes(text: string): Buffer | undefined {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return undefined;
  return swapped(Buffer.from(text.replaceAll('-', ''), 'hex'));
}

/** `<GUID=…>`, which stands for an object's name wherever it moves (MS-ADTS 3.1.1.3.1.2.4); undefined for what is not a GUID. */
export function guidName(text: string): string | undefined {
  const bytes = guidBytes(text);
  return bytes === undefined ? undefined : `<GUID=${bytes.toString('hex')}>`;
}

function swapped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.subarray(0, 4).reverse();
  copy.subarray(4, 6).reverse();
  copy.subarray(6, 8).reverse();
  return copy;
}
