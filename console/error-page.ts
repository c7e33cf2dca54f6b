import { html as markup } from 'hono/html';
import { page } from './page.ts';

/** What went wrong, for a person: a title, what to do about it, and the request's id, by which the log has it. */
export type ErrorPageData = { readonly title: string; readonly detail: string; readonly requestId: string };

/** The page shown instead of one that cannot be. */
export function errorPage({ title, detail, requestId }: ErrorPageData): string {
  const content = markup`<h1>${title}</h1>
<p class="note bad">${detail}</p>
<p class="muted small">Request <span class="id">${requestId}</span></p>
<p><a href="/console/runs">To the runs</a></p>`;
  return page({ title, content, isPublic: true });
}
