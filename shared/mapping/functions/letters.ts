/** Letters that have no accent to take off and are spelled out instead, by the table of NormalizeDiacritics. */
const spelledOut: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  ø: 'oe',
  Ø: 'OE',
  œ: 'oe',
  Œ: 'OE',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ħ: 'h',
  Ħ: 'H',
};

/**
 * Takes the accents off Latin letters, as NormalizeDiacritics does: `ß` becomes `ss`, `ø` and `œ` become `oe`, `ł` becomes `l`. Other scripts stay as they
 * are: it is no transliteration.
 * https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#normalizediacritics
 */
export function normalizeDiacritics(text: string): string {
  const bare = text
    .normalize('NFD')
    .replace(/(\p{Script=Latin})[\u0300-\u036f]+/gu, '$1')
    .normalize('NFC');
  return bare.replace(/[ßẞæÆøØœŒłŁıđĐðÐþÞħĦ]/g, (letter) => spelledOut[letter] ?? letter);
}
