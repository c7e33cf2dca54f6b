import { html as markup } from 'hono/html';
import type { Markup } from './markup.ts';
import type { Look } from './states.ts';

/** A state as icon and word; the icon is not read aloud. */
export function badge(look: Look): Markup {
  return markup`<span class="badge ${look.tone}"><span aria-hidden="true">${look.icon}</span> ${look.word}</span>`;
}
