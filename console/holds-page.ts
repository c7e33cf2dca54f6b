import { html as markup } from 'hono/html';
import type { Markup } from './markup.ts';
import { moment } from './moments.ts';
import { page } from './page.ts';
import type { HoldData } from './page-data.ts';

/** What waits for a person's decision, and why. */
export function holdsPage(holds: readonly HoldData[]): string {
  const content = markup`<h1>Holds</h1>
${holds.length === 0 ? markup`<p>Nothing waits for a decision.</p>` : tableOf(holds)}`;
  return page({ title: 'Holds', content, renewAfterSeconds: 30 });
}

function tableOf(holds: readonly HoldData[]): Markup {
  return markup`<div class="scroll"><table><thead><tr><th scope="col">What is held</th><th scope="col">Why</th><th scope="col">Since</th></tr></thead><tbody>
${holds.map((hold) => markup`<tr><th scope="row">${whatOf(hold)}</th><td>${hold.message} <span class="id muted">${hold.code}</span></td><td>${moment(hold.at)}</td></tr>`)}
</tbody></table></div>`;
}

function whatOf({ kind, reference, personId }: HoldData): Markup {
  const held =
    kind === 'run'
      ? markup`<a href="/console/runs/${encodeURIComponent(reference)}">a run</a>`
      : markup`${kind} <span class="id">${reference}</span>`;
  return personId === null ? held : markup`${held} of <a href="/console/people/${encodeURIComponent(personId)}">this person</a>`;
}
