import { html as markup } from 'hono/html';
import { accountSection } from './account-section.ts';
import type { Markup } from './markup.ts';
import { systemName } from './names.ts';
import { page } from './page.ts';
import type { PersonPageData } from './page-data.ts';
import { runTable } from './run-table.ts';

/** The page of one person: what HR says, accounts expected against actual, what they hold and why, and their runs. */
export function personPage(person: PersonPageData): string {
  const content = markup`
<h1>${person.displayName}</h1>
${person.baseline ? markup`<p class="muted">Was there before Gatehouse first looked.</p>` : ''}
${person.engagements.map(recordOf)}
<h2>Runs</h2>
${person.runs.length === 0 ? markup`<p>No runs.</p>` : runTable(person.runs)}
<h2>Accounts</h2>
${person.accounts.length === 0 ? markup`<p>No account is linked to this person.</p>` : person.accounts.map(accountSection)}
<h2>Access held</h2>
${holdingsOf(person)}
<p class="muted small">Person <span class="id">${person.personId}</span></p>`;
  return page({ title: person.displayName, content });
}

function holdingsOf({ holdings, accounts }: PersonPageData): Markup {
  if (holdings.length === 0) return markup`<p>Nothing yet.</p>`;
  const names = new Map(accounts.flatMap(({ expected }) => expected.entitlements.map(({ object, name }) => [object, name])));
  return markup`<div class="scroll"><table><thead><tr><th scope="col">What</th><th scope="col">Kind</th><th scope="col">Where</th><th scope="col">Reasons</th></tr></thead><tbody>
${holdings.map(
  ({
    target,
    object,
    kind,
    reasons,
  }) => markup`<tr><th scope="row">${names.get(object) ?? markup`<span class="id">${object}</span>`}</th><td>${kind}</td><td>${systemName(target)}</td>
<td>${reasons.map(({ kind: why, reference }) => `${why} ${reference}`).join(', ')}</td></tr>`,
)}
</tbody></table></div>`;
}

function recordOf({ source, workerId, worker }: PersonPageData['engagements'][number]): Markup {
  const place = [worker.location?.city, worker.location?.country].filter((part) => part != null && part !== '').join(', ');
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['Worker id', `${workerId} (${source})`],
    ['Status', `${worker.status} ${worker.workerType}`],
    ['First day', worker.hireDate],
    ['Last day', worker.lastDay],
    ['Job', worker.jobTitle],
    ['Department', worker.department],
    ['Place', place],
    ['Manager', worker.managerId],
  ];
  return markup`<dl class="facts" aria-label="HR record">${facts.map(([name, value]) => (value == null || value === '' ? '' : markup`<dt>${name}</dt><dd>${value}</dd>`))}</dl>`;
}
