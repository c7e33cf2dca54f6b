import type { Token } from './tokenize.ts';
import { tokenize } from './tokenize.ts';

const KEYWORDS: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT', 'IS', 'NULL', 'IN', 'LIKE', 'ESCAPE', 'EXISTS', 'TRUE', 'FALSE']);

/** Reads the pieces of a filter one after the other. Keywords do not count by case. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  /** The next piece, or the one `ahead` of it; after the end there is the end. */
  peek(ahead = 0): Token {
    return this.#tokens[this.#next + ahead] ?? this.#tokens.at(-1) ?? { is: 'end', text: '', at: 1 };
  }

  take(): Token {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  /** Takes the next piece if it is this symbol or keyword. */
  takeIf(text: string): boolean {
    const found = this.isNext(text);
    if (found) this.#next += 1;
    return found;
  }

  /** Takes the next piece if it is one of these symbols, and answers what stands for it. */
  takeAnyOf<T>(symbols: ReadonlyMap<string, T>): T | undefined {
    const { is, text } = this.peek();
    const found = is === 'symbol' ? symbols.get(text) : undefined;
    if (found !== undefined) this.#next += 1;
    return found;
  }

  /** Takes this symbol or keyword. Throws an error when there is something else. */
  expect(text: string): void {
    if (!this.takeIf(text)) throw this.wrong(`"${text}"`);
  }

  isNext(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (token.is === 'symbol' && token.text === text) || (token.is === 'word' && token.text.toUpperCase() === text);
  }

  /** Takes the name of a property. */
  takeName(): string {
    const token = this.peek();
    const isName = token.is === 'name' || (token.is === 'word' && !KEYWORDS.has(token.text.toUpperCase()));
    if (!isName) throw this.wrong('the name of a property');
    return this.take().text;
  }

  /** The error for a next piece that is not what must come here. */
  wrong(expected: string): Error {
    const { is, text, at } = this.peek();
    return new Error(`at character ${at} of its filter ${expected} is expected, not ${is === 'end' ? 'the end' : `"${text}"`}.`);
  }
}
