import { FilterSyntaxError } from './filter.ts';

/** A token of a `$filter`. `word` is a name, an operator, a number, a date or a bare id. */
export type Token = { readonly is: 'word' | 'text' | 'punctuation'; readonly value: string };

// A quote inside a string literal is doubled.
const pattern = /\s*(?:'((?:[^']|'')*)'|([A-Za-z0-9_$@.+-][\w$@.+-]*(?::\d[\w.:+-]*)?)|([()/,:]))/y;

/** Cuts a `$filter` into tokens. Throws `FilterSyntaxError` at what is none. */
export function filterTokens(text: string): readonly Token[] {
  const source = text.trim();
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < source.length) {
    const position = pattern.lastIndex;
    const match = pattern.exec(source);
    if (match === null) throw new FilterSyntaxError(`Syntax error at position ${position} in '${source}'.`);
    tokens.push(tokenOf(match));
  }
  return tokens;
}

function tokenOf([, quoted, word, punctuation]: RegExpExecArray): Token {
  if (quoted !== undefined) return { is: 'text', value: quoted.replaceAll("''", "'") };
  if (word !== undefined) return { is: 'word', value: word };
  return { is: 'punctuation', value: punctuation ?? '' };
}
