import { html as markup } from 'hono/html';
import { badge } from './badge.ts';
import type { Markup } from './markup.ts';
import { moment, span } from './moments.ts';
import { inWords } from './names.ts';
import type { RunRow } from './page-data.ts';
import { runLooks } from './states.ts';

/** Runs as rows. `nameOf` says whose each is, where not all are of one person. */
export function runTable<Row extends RunRow>(runs: readonly Row[], nameOf?: (run: Row) => string): Markup {
  const who = nameOf === undefined ? '' : markup`<th scope="col">Person</th>`;
  return markup`<div class="scroll"><table><thead><tr><th scope="col">State</th>${who}<th scope="col">Workflow</th><th scope="col">When</th><th scope="col">Note</th></tr></thead>
<tbody>${runs.map((run) => runRow(run, nameOf?.(run)))}</tbody></table></div>`;
}

function runRow(run: RunRow, name: string | undefined): Markup {
  const link = `/console/runs/${encodeURIComponent(run.id)}`;
  const workflow = inWords(run.workflow);
  const first = name === undefined ? '' : markup`<th scope="row"><a href="${link}">${name === '' ? run.personId : name}</a></th>`;
  return markup`<tr><td>${badge(runLooks[run.state])}</td>${first}<td>${name === undefined ? markup`<a href="${link}">${workflow}</a>` : workflow}</td>
<td>${timeOf(run)}</td><td>${run.note ?? ''}</td></tr>`;
}

function timeOf({ startedAt, endedAt, dueAt, state }: RunRow): Markup {
  if (state === 'planned') return markup`due ${moment(dueAt)}`;
  if (startedAt === null) return moment(endedAt);
  return endedAt === null
    ? markup`since ${moment(startedAt)}`
    : markup`${moment(endedAt)} <span class="muted">took ${span(startedAt, endedAt)}</span>`;
}
