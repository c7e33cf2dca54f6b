import { html as markup } from 'hono/html';
import { badge } from './badge.ts';
import type { Markup } from './markup.ts';
import { moment, span } from './moments.ts';
import { inWords } from './names.ts';
import { page } from './page.ts';
import type { RunPageData, StepData } from './page-data.ts';
import { runLooks } from './states.ts';
import { stepItem } from './step-item.ts';

/** The page of one run: how it stands and what that means, what is waited for, what was left undone, and every step in order. */
export function runPage(run: RunPageData): string {
  const look = runLooks[run.state];
  const name = run.displayName === '' ? run.personId : run.displayName;
  const content = markup`
<h1><span>${name}</span> ${badge(look)}</h1>
<p class="muted">${inWords(run.workflow)}</p>
${standing(run)}
${factsOf(run)}
<h2 id="steps">Steps</h2>
<ol class="steps" aria-labelledby="steps">${run.steps.map(stepItem)}</ol>`;
  return page({ title: `${name}: ${look.word}`, content, renewAfterSeconds: look.renewAfterSeconds });
}

function standing(run: RunPageData): Markup {
  const look = runLooks[run.state];
  return markup`<div class="note ${look.tone}"><p class="lead">${look.means}</p>${waitingFor(run)}${leftUndone(run)}${nextStep(run)}</div>`;
}

function waitingFor(run: RunPageData): Markup | '' {
  if (run.state === 'planned') {
    return markup`<p>Goes on at <strong>${moment(run.dueAt)}</strong>${run.note === null ? '' : markup` – ${run.note}`}</p>`;
  }
  const waiting = run.steps.filter(({ state }) => state === 'waiting' || state === 'parked');
  return waiting.length === 0
    ? ''
    : markup`<ul>${waiting.map(({ stepId, summary }) => markup`<li>${inWords(stepId)}: ${summary}</li>`)}</ul>`;
}

const troubled: ReadonlySet<StepData['state']> = new Set(['failed', 'unknown', 'held', 'refused']);

function leftUndone(run: RunPageData): Markup | '' {
  const steps = run.steps.filter(({ gaps, state }) => gaps > 0 || troubled.has(state));
  if (steps.length === 0) return '';
  return markup`<ul>${steps.map(({ stepId, summary }) => markup`<li><strong>${inWords(stepId)}</strong>: ${summary}</li>`)}</ul>`;
}

function nextStep(run: RunPageData): Markup | '' {
  const next = run.steps.find(({ state }) => state === 'to-come');
  const isGoingOn = runLooks[run.state].renewAfterSeconds !== null;
  return next === undefined || !isGoingOn ? '' : markup`<p class="muted">Next: ${inWords(next.stepId)}</p>`;
}

function factsOf(run: RunPageData): Markup {
  const took =
    run.startedAt === null || run.endedAt === null ? '' : markup` <span class="muted">(${span(run.startedAt, run.endedAt)})</span>`;
  return markup`<dl class="facts small">
<dt>Person</dt><dd><a href="/console/people/${encodeURIComponent(run.personId)}">Record, accounts, access and runs of this person</a></dd>
<dt>Because of</dt><dd class="id">${run.cause}</dd>
<dt>Due</dt><dd>${moment(run.dueAt)}</dd>
<dt>Started</dt><dd>${moment(run.startedAt)}${run.attempt > 1 ? markup` <span class="muted">(start ${run.attempt})</span>` : ''}</dd>
<dt>Ended</dt><dd>${moment(run.endedAt)}${took}</dd>
<dt>Run</dt><dd class="id">${run.id}</dd>
</dl>`;
}
