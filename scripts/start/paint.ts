import { styleText } from 'node:util';

/** Text in colour, where standard output shows colours and NO_COLOR is not set (https://no-color.org). */
export const paint = {
  good: (text: string) => styleText('green', text),
  warn: (text: string) => styleText('yellow', text),
  bad: (text: string) => styleText('red', text),
  dim: (text: string) => styleText('dim', text),
  bold: (text: string) => styleText('bold', text),
} as const;

/** The text filled up with blanks to a width in terminal columns; letters of East Asian scripts take two. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** How many terminal columns the text takes. */
export function columns(text: string): number {
  return [...text].reduce(
    (sum, letter) => sum + (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(letter) ? 2 : 1),
    0,
  );
}

/** A progress bar of twenty columns. */
export function progressBar(done: number, total: number): string {
  const filled = total === 0 ? 0 : Math.round((20 * done) / total);
  return `${'█'.repeat(filled)}${'░'.repeat(20 - filled)}`;
}

/** The words in lines of at most so many columns, each begun with so many blanks. A word that is longer stands alone. */
export function wrapped(text: string, indent: number, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && columns(last) + 1 + columns(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${' '.repeat(indent)}${word}`);
  }
  return lines;
}
