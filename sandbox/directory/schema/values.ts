import { parseDn, pathOf } from '../names/dn.ts';
import { foldText } from '../names/fold-text.ts';
import { guidFromBytes, guidToBytes } from '../names/guid.ts';
import { sidFromBytes, sidToBytes } from '../names/sid.ts';
import type { AttributeDefinition } from './attributes.ts';

/** The bytes that go over the wire for a stored value. Octets are stored as hexadecimal digits, everything else as the text it is (RFC 4517; MS-ADTS 3.1.1.2.2.2). */
export function valueToWire(definition: AttributeDefinition, value: string): Buffer {
  switch (definition.syntax) {
    case 'octets':
      return Buffer.from(value, 'hex');
    case 'guid':
      return guidToBytes(value);
    case 'sid':
      return sidToBytes(value);
    default:
      return Buffer.from(value);
  }
}

/** The stored form of bytes received, or undefined when they do not fit the attribute's syntax. */
export function valueFromWire(definition: AttributeDefinition, bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  switch (definition.syntax) {
    case 'octets':
      return Buffer.from(bytes).toString('hex');
    case 'guid':
      return guidFromBytes(bytes);
    case 'sid':
      return text.startsWith('S-1-') ? text : sidFromBytes(bytes);
    case 'integer':
      return integerText(text, 31n);
    case 'largeInteger':
      return integerText(text, 63n);
    case 'boolean':
      return text === 'TRUE' || text === 'FALSE' ? text : undefined;
    default:
      return Buffer.from(text).equals(Buffer.from(bytes)) ? text : undefined;
  }
}

/** The key under which two values of the attribute are equal. */
export function matchKey(definition: AttributeDefinition, value: string): string {
  switch (definition.syntax) {
    case 'text':
      return foldText(value);
    case 'dn':
      return dnKey(value);
    case 'category':
      return categoryKey(value);
    default:
      return value;
  }
}

function integerText(text: string, bits: bigint): string | undefined {
  if (!/^-?\d{1,20}$/.test(text)) return undefined;
  const value = BigInt(text);
  return value >= -(2n ** bits) && value < 2n ** bits ? String(value) : undefined;
}

function dnKey(value: string): string {
  const dn = parseDn(value);
  return dn === undefined ? value : pathOf(dn);
}

// A filter may give the short name of a class where the attribute holds its DN: MS-ADTS 3.1.1.3.1.3.5.
function categoryKey(value: string): string {
  const name = parseDn(value)?.[0]?.value ?? value;
  return name.replaceAll('-', '').toLowerCase();
}
