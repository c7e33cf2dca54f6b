import { html as markup } from 'hono/html';
import type { Markup } from './markup.ts';
import type { Moment } from './page-data.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The moment in UTC, to the second, readable by people and programs; a dash where there is none. */
export function moment(at: Moment | null): Markup {
  if (at === null) return markup`–`;
  const text = new Date(at).toISOString();
  return markup`<time datetime="${text}">${text.slice(0, 10)} ${text.slice(11, 19)} UTC</time>`;
}

/** How long from one moment to the other, in words: `1.2 s`, `3 min 5 s`, `2 h 10 min`, `5 d 3 h`. */
export function span(from: Moment, to: Moment): string {
  const ms = Math.max(0, new Date(to).getTime() - new Date(from).getTime());
  if (ms < minuteMs) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min ${Math.round((ms % minuteMs) / 1000)} s`;
  if (ms < dayMs) return `${Math.floor(ms / hourMs)} h ${Math.round((ms % hourMs) / minuteMs)} min`;
  return `${Math.floor(ms / dayMs)} d ${Math.round((ms % dayMs) / hourMs)} h`;
}
