import type { html } from 'hono/html';

/** A piece of a page: text put into it was escaped. */
export type Markup = ReturnType<typeof html>;

/** The piece as text. Pages are made of data alone, so that a piece that has to be waited for is a mistake in the page: it throws. */
export function textOf(markup: Markup): string {
  if (markup instanceof Promise) throw new TypeError('A page of the console waits for something.');
  return markup.toString();
}
