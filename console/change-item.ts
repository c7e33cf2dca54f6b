import { html as markup } from 'hono/html';
import type { Attributes, Outcome } from '../shared/domain/change.ts';
import { badge } from './badge.ts';
import type { Markup } from './markup.ts';
import { moment } from './moments.ts';
import { systemName } from './names.ts';
import type { ChangeData } from './page-data.ts';
import { stepLooks } from './states.ts';
import { valueText } from './value-text.ts';

/** One change: why, what it touched, before and after, what came of it, and the other system's request id. */
export function changeItem(change: ChangeData): Markup {
  const { outcome } = change;
  const state = outcome === null ? markup`<span class="muted">under way</span>` : badge(stepLooks[outcome.is]);
  const request = requestOf(change);
  return markup`<div class="change">
<p>${state} ${change.cause.message}</p>
${outcome === null ? '' : troubleOf(outcome)}
<dl class="facts small">
<dt>Target</dt><dd>${systemName(change.target)} <span class="muted">(${change.target})</span></dd>
<dt>Change</dt><dd>${change.do} ${change.kind}</dd>
<dt>Object</dt><dd class="id">${change.object}</dd>
<dt>Why</dt><dd class="id">${change.cause.reference}</dd>
<dt>Sent</dt><dd>${change.sentAt === null ? 'no write was needed' : moment(change.sentAt)}</dd>
${request === null ? '' : markup`<dt>Request id there</dt><dd class="id">${request}</dd>`}
</dl>
${valuesOf(change.before, change.after)}
</div>`;
}

function troubleOf(outcome: Outcome): Markup | '' {
  if ('problem' in outcome) {
    const { message, systemCode } = outcome.problem;
    return markup`<p class="note bad">${message}${systemCode === undefined ? '' : markup` <span class="id">(${systemCode})</span>`}</p>`;
  }
  if (!('reason' in outcome)) return '';
  return markup`<p class="note warn">${typeof outcome.reason === 'string' ? outcome.reason : outcome.reason.message}</p>`;
}

function requestOf({ requestId, outcome }: ChangeData): string | null {
  if (requestId !== null) return requestId;
  return outcome !== null && 'problem' in outcome ? (outcome.problem.requestId ?? null) : null;
}

function valuesOf(before: Attributes | null, after: Attributes | null): Markup | '' {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (names.length === 0) return '';
  return markup`<div class="scroll"><table><thead><tr><th scope="col">Attribute</th><th scope="col">Before</th><th scope="col">After</th></tr></thead><tbody>
${names.map((name) => markup`<tr><th scope="row">${name}</th><td>${valueText(before?.[name])}</td><td>${valueText(after?.[name])}</td></tr>`)}
</tbody></table></div>`;
}
