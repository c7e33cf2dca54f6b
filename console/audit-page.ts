import { html as markup } from 'hono/html';
import type { Markup } from './markup.ts';
import { moment } from './moments.ts';
import { page } from './page.ts';
import type { AuditRowData } from './page-data.ts';

/** Audit rows, newest first; `next` is the address of the page with older ones. */
export type AuditPageData = { readonly rows: readonly AuditRowData[]; readonly next?: string };

/** Who did what to whom, and why; which rows are sealed. */
export function auditPage({ rows, next }: AuditPageData): string {
  const content = markup`<h1>Audit</h1>
<p class="small">Whether it was tampered with: <code>npx --no gatehouse audit verify</code>.</p>
${rows.length === 0 ? markup`<p>Nothing is written down here.</p>` : tableOf(rows)}
${next === undefined ? '' : markup`<p><a href="${next}" rel="next">Older rows</a></p>`}`;
  return page({ title: 'Audit', content });
}

function tableOf(rows: readonly AuditRowData[]): Markup {
  return markup`<div class="scroll"><table><thead><tr><th scope="col">Row</th><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Whom</th><th scope="col">Detail</th></tr></thead><tbody>
${rows.map(lineOf)}
</tbody></table></div>`;
}

function lineOf({ sequence, at, actor, action, personId, runId, target, detail, position }: AuditRowData): Markup {
  const person = personId === null ? '' : markup`<a href="/console/audit?person=${encodeURIComponent(personId)}">this person</a>`;
  const run = runId === null ? '' : markup` <a href="/console/runs/${encodeURIComponent(runId)}">this run</a>`;
  const seal = position === null ? markup` <span class="muted">not sealed yet</span>` : '';
  return markup`<tr><th scope="row">${sequence}${seal}</th><td>${moment(at)}</td><td><span class="id">${actor}</span></td><td>${action}${target === null ? '' : ` in ${target}`}</td><td>${person}${run}</td><td><span class="id muted">${JSON.stringify(detail)}</span></td></tr>`;
}
