/** Letters that decompose to nothing simpler, with what a directory takes them for when it compares names. */
const alike: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  ς: 'σ',
};

/**
 * The form in which names are compared for uniqueness: compatibility-decomposed, without marks, in lower case. Two names with the same form are never
 * given to two people, whether or not a target would tell them apart. Folding again changes nothing.
 */
export function foldName(value: string): string {
  const decomposed = value.normalize('NFKD').toLowerCase().normalize('NFKD');
  return decomposed
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþıħς]/g, (letter) => alike[letter] ?? letter)
    .normalize('NFC');
}
