import { expect, test } from 'vitest';
import { formatDn, parseDn, pathOf } from '../../../sandbox/directory/names/dn.ts';
import { guidFromBytes, guidToBytes, parseGuidText } from '../../../sandbox/directory/names/guid.ts';
import { fromFileTime, toFileTime, toGeneralizedTime } from '../../../sandbox/directory/names/directory-time.ts';
import { sidFromBytes, sidToBytes } from '../../../sandbox/directory/names/sid.ts';

test.each([
  ["CN=O'Brien\\, Zoë #1,DC=x", "O'Brien, Zoë #1"],
  ['CN=O\\27Brien\\2C Zo\\C3\\AB,DC=x', "O'Brien, Zoë"],
  ['CN=Smith\\5C\\2BJones,DC=x', 'Smith\\+Jones'],
  ['CN=\\ edge \\ ,DC=x', ' edge  '],
  ['CN = plain , DC=x', 'plain'],
  ['CN=\\#hash,DC=x', '#hash'],
  ['CN=👩‍💻 佐藤,DC=x', '👩‍💻 佐藤'],
  ['CN=a=b,DC=x', 'a=b'],
  ['CN=Ends\\5C,DC=x', 'Ends\\'],
  ['CN=line\\0Abreak,DC=x', 'line\nbreak'],
])('the name %s is read as one part', (text, value) => {
  expect(parseDn(text)).toEqual([
    { type: 'CN', value },
    { type: 'DC', value: 'x' },
  ]);
});

test.each(['CN=a\\', 'CN=', 'a', 'CN=a+SN=b,DC=x', 'CN="a",DC=x', 'CN=a,,DC=x', 'CN=#0401,DC=x', 'CN=\\C3,DC=x', 'CN=a\\zz,DC=x', 'CN=a,'])(
  'the text %s is no name',
  (text) => {
    expect(parseDn(text)).toBeUndefined();
  },
);

test.each([' edge ', '#hash', 'a"b+c,d;e<f>g=h\\i', 'line\nbreak', "O'Brien, Zoë #1", '👩‍💻', ' '])(
  'the value "%s" survives being written and read',
  (value) => {
    expect(parseDn(formatDn([{ type: 'CN', value }]))).toEqual([{ type: 'CN', value }]);
  },
);

test('names that differ in case, accents or width only have one key, and a parent key begins that of its child', () => {
  const key = (text: string) => pathOf(parseDn(text) ?? []);
  expect(key('cn=JOSÉ,DC=x')).toBe(key('CN=jose,dc=X'));
  expect(key('CN=Ａ,DC=x')).toBe(key('CN=a,DC=x'));
  expect(key('CN=a,OU=b,DC=x').startsWith(key('OU=b,DC=x'))).toBe(true);
  expect(key('CN=a,OU=bb,DC=x').startsWith(key('OU=b,DC=x'))).toBe(false);
});

test('a GUID is stored with its first three fields reversed, as Active Directory stores it', () => {
  const guid = '00112233-4455-6677-8899-aabbccddeeff';
  expect(guidToBytes(guid).toString('hex')).toBe('33221100554477668899aabbccddeeff');
  expect(guidFromBytes(guidToBytes(guid))).toBe(guid);
  expect(parseGuidText('33221100554477668899aabbccddeeff')).toBe(guid);
  expect(parseGuidText('nonsense')).toBeUndefined();
});

test('times and security identifiers are written as Windows writes them', () => {
  expect(toFileTime(0)).toBe('116444736000000000');
  expect(fromFileTime('116444736000000000')).toBe(0);
  expect(toGeneralizedTime(Date.UTC(2026, 10, 21, 8, 30, 5))).toBe('20261121083005.0Z');
  expect(sidToBytes('S-1-5-32-544').toString('hex')).toBe('01020000000000052000000020020000');
  expect(sidFromBytes(sidToBytes('S-1-5-21-1-2-3-1104'))).toBe('S-1-5-21-1-2-3-1104');
});
