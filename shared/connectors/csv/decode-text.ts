import { GatehouseError } from '../../errors.ts';

const save = 'Save it as “CSV UTF-8” and send it again';

/** The text of a file in UTF-8, without its byte order mark. Throws `input-invalid`, naming the encoding that the file seems to have, and the first line that shows it. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new GatehouseError('input-invalid', `The file is in UTF-16 (“Unicode text”). ${save}.`);
  if (first === 0x50 && second === 0x4b)
    throw new GatehouseError('input-invalid', `The file is a workbook (or another ZIP archive), not CSV. ${save}.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const line = lineOfFirstBadByte(bytes);
    throw new GatehouseError('input-invalid', `The file is not in UTF-8: line ${line} looks like Windows-1252 or Latin-1. ${save}.`);
  }
}

/** Every line is decoded by itself: a line break is never part of another character in UTF-8 (RFC 3629 section 3). */
function lineOfFirstBadByte(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end < 0 ? bytes.length : end;
    try {
      decoder.decode(bytes.subarray(start, stop));
    } catch {
      return line;
    }
    start = stop + 1;
  }
  return line;
}
