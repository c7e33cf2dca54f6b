/** A piece of a SQL filter. `at` is where it begins, counted from one, for messages to people. */
export interface Token {
  /** `word` is a name or keyword as it stands; `name` one in brackets or quotes, which is never a keyword. */
  readonly is: 'number' | 'string' | 'word' | 'name' | 'symbol' | 'end';
  /** Without quotes and brackets. */
  readonly text: string;
  readonly at: number;
}

const PATTERN =
  /\s*(?:(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|'(?<string>(?:[^']|'')*)'|\[(?<bracketed>(?:[^\]]|\]\])+)\]|"(?<quoted>(?:[^"]|"")+)"|(?<word>[\p{L}_][\p{L}\p{Nd}_]*)|(?<symbol><>|!=|>=|<=|[=<>+\-*/%(),.])|(?<end>$))/uy;

/** The pieces of a SQL filter, the end last. Throws an error that says where one cannot be read. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(PATTERN);
  for (;;) {
    const from = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match?.groups === undefined)
      throw new Error(`"${text.slice(from).trimStart().slice(0, 20)}" at character ${from + 1} cannot be read.`);
    const token = { ...toToken(match.groups), at: from + 1 + match[0].length - match[0].trimStart().length };
    tokens.push(token);
    if (token.is === 'end') return tokens;
  }
}

function toToken(groups: Readonly<Record<string, string | undefined>>): Omit<Token, 'at'> {
  const { number, string, bracketed, quoted, word, symbol } = groups;
  if (number !== undefined) return { is: 'number', text: number };
  if (string !== undefined) return { is: 'string', text: string.replaceAll("''", "'") };
  if (bracketed !== undefined) return { is: 'name', text: bracketed.replaceAll(']]', ']') };
  if (quoted !== undefined) return { is: 'name', text: quoted.replaceAll('""', '"') };
  if (word !== undefined) return { is: 'word', text: word };
  return symbol === undefined ? { is: 'end', text: '' } : { is: 'symbol', text: symbol };
}
