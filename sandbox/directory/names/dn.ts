import { foldText } from './fold-text.ts';

/** One relative name, for example `CN` and `O'Brien, Zoë #1`. The type is in upper case, the value is not escaped. */
export type Rdn = { readonly type: string; readonly value: string };

/** A distinguished name, leaf first. The empty one is the root of the directory. */
export type Dn = readonly Rdn[];

/** Reads the string form of RFC 4514. Undefined when the text is not one, and for what Active Directory does not have: multi-valued relative names and `#` hexadecimal values. */
export function parseDn(text: string): Dn | undefined {
  if (text === '') return [];
  const rdns = splitUnescaped(text).map(parseRdn);
  return rdns.every((rdn) => rdn !== undefined) ? rdns : undefined;
}

/** Reads a single relative name, or undefined. */
export function parseRdn(text: string): Rdn | undefined {
  const [, type, raw] = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*=(.*)$/su.exec(text) ?? [];
  const value = raw === undefined ? undefined : unescapeValue(raw);
  return type === undefined || value === undefined || value === '' ? undefined : { type: type.toUpperCase(), value };
}

/** The string form as Active Directory writes it: special characters behind a backslash, line feed and carriage return as hexadecimal pairs. */
export function formatDn(dn: Dn): string {
  return dn.map((rdn) => `${rdn.type}=${escapeValue(rdn.value)}`).join(',');
}

/** The key under which two spellings of one name are equal. Root first, each part closed by a separator, so that the key of a subtree's root is a prefix of all keys in it. */
export function pathOf(dn: Dn): string {
  const parts = dn.map((rdn) => `${rdn.type.toLowerCase()}=${foldText(rdn.value).replaceAll(separator, '%01')}${separator}`);
  return parts.toReversed().join('');
}

/** The first key that comes after every key of the subtree. */
export function endOfSubtree(path: string): string {
  return `${path.slice(0, -1)}\u0002`;
}

const separator = '\u0001';

function splitUnescaped(text: string): string[] {
  const pieces = text.match(/\\[\s\S]|[^\\]|\\$/gu) ?? [];
  return pieces.reduce<string[]>(
    (parts, piece) => (piece === ',' ? [...parts, ''] : [...parts.slice(0, -1), `${parts.at(-1) ?? ''}${piece}`]),
    [''],
  );
}

type Token = { readonly bytes: Buffer; readonly isEscaped: boolean };

function unescapeValue(raw: string): string | undefined {
  const tokens = readTokens(raw);
  if (tokens === undefined) return undefined;
  const isPadding = (token: Token | undefined) => token !== undefined && !token.isEscaped && token.bytes.toString() === ' ';
  let start = 0;
  let end = tokens.length;
  while (start < end && isPadding(tokens[start])) start += 1;
  while (end > start && isPadding(tokens[end - 1])) end -= 1;
  const kept = tokens.slice(start, end);
  const [first] = kept;
  if (first !== undefined && !first.isEscaped && first.bytes.toString() === '#') return undefined;
  return decodeUtf8(Buffer.concat(kept.map((token) => token.bytes)));
}

function readTokens(raw: string): Token[] | undefined {
  const tokens: Token[] = [];
  let rest = raw;
  while (rest !== '') {
    const [all = '', hex, special, plain] = /^(?:\\([0-9a-fA-F]{2})|\\([ "#+,;<=>\\])|([^\\"+;<>]))/u.exec(rest) ?? [];
    if (all === '') return undefined;
    const bytes = hex === undefined ? Buffer.from(special ?? plain ?? '') : Buffer.from(hex, 'hex');
    tokens.push({ bytes, isEscaped: plain === undefined });
    rest = rest.slice(all.length);
  }
  return tokens;
}

function decodeUtf8(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes) ? text : undefined;
}

function escapeValue(value: string): string {
  return value
    .replace(/["+,;<=>\\]/g, (character) => `\\${character}`)
    .replace(/[\0\n\r]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`)
    .replace(/ $/, '\\ ')
    .replace(/^[ #]/, (character) => `\\${character}`);
}
