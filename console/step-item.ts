import { html } from 'hono/html';
import { badge } from './badge.ts';
import { changeItem } from './change-item.ts';
import type { Markup } from './markup.ts';
import { moment, span } from './moments.ts';
import { inWords, systemName } from './names.ts';
import type { StepData } from './page-data.ts';
import { stepLooks } from './states.ts';

/** One step: state, what was done in words, where, how often it was tried, and its changes folded away. Those of a step in trouble are open. */
export function stepItem(step: StepData): Markup {
  const look = stepLooks[step.state];
  const targets = [...new Set(step.changes.map(({ target }) => systemName(target)))].join(', ');
  return html`<li class="edge-${look.tone}">
<h3>${badge(look)} <span>${inWords(step.stepId)}</span>${targets === '' ? '' : html`<span class="muted small">${targets}</span>`}
<span class="at muted small">${step.lastAt === null ? '' : moment(step.lastAt)}</span></h3>
${step.state === 'to-come' ? '' : html`<p>${step.summary}</p>${effortOf(step)}${changesOf(step, look.tone === 'bad')}`}
</li>`;
}

function effortOf({ task, attempts, gaps, firstAt, lastAt }: StepData): Markup {
  const took = firstAt === null || lastAt === null || firstAt === lastAt ? '' : ` in ${span(firstAt, lastAt)}`;
  const missing = gaps === 0 ? '' : html` · <strong>${gaps} left undone</strong>`;
  return html`<p class="muted small">${inWords(task)} · ${attempts === 1 ? 'one attempt' : `${attempts} attempts`}${took}${missing}</p>`;
}

function changesOf({ changes }: StepData, isOpen: boolean): Markup | '' {
  if (changes.length === 0) return '';
  const count = changes.length === 1 ? '1 change' : `${changes.length} changes`;
  return html`<details${isOpen ? html` open` : ''}><summary>${count}, before and after</summary>${changes.map(changeItem)}</details>`;
}
