import { html as markup } from 'hono/html';
import { badge } from './badge.ts';
import { changeItem } from './change-item.ts';
import { claimNote } from './claim-note.ts';
import type { Markup } from './markup.ts';
import { moment, span } from './moments.ts';
import { inWords, systemName } from './names.ts';
import type { StepData } from './page-data.ts';
import { type Look, stepLooks } from './states.ts';

/** One step: state, what was done in words, where, how often it was tried, and its changes folded away. Those of a step in trouble are open. */
export function stepItem(step: StepData): Markup {
  const look = stepLooks[step.state];
  const targets = [...new Set(step.changes.map(({ target }) => systemName(target)))].join(', ');
  return markup`<li class="edge-${edgeOf(step, look)}">
<h3>${badge(look)} <span>${inWords(step.stepId)}</span>${targets === '' ? '' : markup`<span class="muted small">${targets}</span>`}
<span class="at muted small">${step.lastAt === null ? '' : moment(step.lastAt)}</span></h3>
${step.state === 'to-come' ? '' : markup`<p>${step.summary}</p>${step.claim === null ? '' : claimNote(step.claim)}${changesOf(step, look.tone === 'bad')}`}
</li>`;
}

/** A step that left something undone stands out, even where that was a skip. */
function edgeOf({ gaps }: StepData, { tone }: Look): Look['tone'] {
  return gaps > 0 && tone !== 'bad' ? 'warn' : tone;
}

function changesOf(step: StepData, isOpen: boolean): Markup {
  const count = step.changes.length;
  if (count === 0) return markup`<p class="muted small">${effortOf(step)}</p>`;
  const title = `${count === 1 ? '1 change' : `${count} changes`}, before and after`;
  return markup`<details${isOpen ? markup` open` : ''}><summary>${title} <span class="muted small">· ${effortOf(step)}</span></summary>${step.changes.map(changeItem)}</details>`;
}

function effortOf({ task, attempts, gaps, firstAt, lastAt }: StepData): Markup {
  const took = firstAt === null || lastAt === null || firstAt === lastAt ? '' : ` in ${span(firstAt, lastAt)}`;
  const missing = gaps === 0 ? '' : markup` · <strong>${gaps} left undone</strong>`;
  return markup`${inWords(task)} · ${attempts === 1 ? 'one attempt' : `${attempts} attempts`}${took}${missing}`;
}
