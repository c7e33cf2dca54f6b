/** What names somebody or is a secret, by its shape: addresses and sign-in names, distinguished names, telephone numbers, tokens, and whatever is quoted. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/\b(?:Bearer|Basic)\s+\S+/gi, '*'],
  // A token in the compact form (RFC 7515 section 3.1).
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, '*'],
  [/[\p{L}\p{N}._%+'’-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '*@*'],
  [/\b(?:CN|OU|DC|UID)=(?:\\.|[^,\\])+(?:,\s*(?:CN|OU|DC|UID|O|C|L)=(?:\\.|[^,\\\s)]|\s(?!\())+)*/gi, '*'],
  [/\+\d[\d ()/.-]{5,}\d/g, '*'],
  [/“[^”]*”/g, '“*”'],
  [/"[^"]*"/g, '"*"'],
  [/(?<![\p{L}\p{N}])'[^']*'/gu, "'*'"],
];

/** A text of somebody else, without what could name a person or is a secret. Shapes only: a bare name in the middle of a sentence has none. */
export function scrubText(text: string): string {
  return shapes.reduce((scrubbed, [shape, instead]) => scrubbed.replace(shape, instead), text);
}
