import { html as markup } from 'hono/html';
import type { Markup } from './markup.ts';
import { page } from './page.ts';
import type { RunRow, RunStateName } from './page-data.ts';
import { runTable } from './run-table.ts';
import { runLooks } from './states.ts';

/** Runs, newest first, each with its person's name; `state` where only one state is shown; `next` is the address of the following page. */
export type RunsPageData = {
  readonly runs: readonly (RunRow & { readonly displayName: string })[];
  readonly state?: RunStateName;
  readonly next?: string;
};

const filters: readonly RunStateName[] = ['active', 'planned', 'held', 'failed', 'unknown', 'done-with-gaps', 'done'];

/** The list of runs, with the ways to the lists of one state. */
export function runsPage({ runs, state, next }: RunsPageData): string {
  const content = markup`
<h1>Runs</h1>
<nav aria-label="Only one state" class="small">${filterLink(undefined, state)}${filters.map((name) => filterLink(name, state))}</nav>
${runs.length === 0 ? markup`<p>No run${state === undefined ? ' yet: none of HR’s events has set one off' : ` is ${runLooks[state].word}`}.</p>` : runTable(runs, (run) => run.displayName)}
${next === undefined ? '' : markup`<p><a href="${next}" rel="next">Older runs</a></p>`}`;
  const isMoving = runs.some((run) => run.state === 'active' || run.state === 'starting');
  return page({ title: 'Runs', content, renewAfterSeconds: isMoving ? 3 : 30 });
}

function filterLink(name: RunStateName | undefined, current: RunStateName | undefined): Markup {
  const text = name === undefined ? 'all' : runLooks[name].word;
  if (name === current) return markup`<strong aria-current="page">${text}</strong>`;
  return markup`<a href="/console/runs${name === undefined ? '' : `?state=${name}`}">${text}</a>`;
}
