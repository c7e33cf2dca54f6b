import { answers } from '../answers.ts';
import type { Client } from '../client.ts';
import { showTable } from '../show-table.ts';

/** Lists runs, newest first; only those in a state, or of a person, where asked. */
export async function showRuns(client: Client, options: { readonly state?: string; readonly person?: string }): Promise<string> {
  const { runs } = answers.runs.parse(await client.get(`/api/runs?${new URLSearchParams(options).toString()}`));
  if (runs.length === 0) return 'No runs.';
  return showTable([
    ['RUN', 'PERSON', 'WORKFLOW', 'STATE', 'PLANNED', 'NOTE'],
    ...runs.map((run) => [run.id, run.displayName, run.workflow, run.state, run.createdAt, run.note ?? '']),
  ]);
}

/** Shows one run, step by step. */
export async function showRun(client: Client, id: string): Promise<string> {
  const run = answers.run.parse(await client.get(`/api/runs/${encodeURIComponent(id)}`));
  const steps = run.steps.map((step) => [step.stepId, step.state, String(step.attempts), step.summary]);
  const claims = run.steps.flatMap(({ claim }) => (claim ? [[claim.target, claim.is, claim.claims, claim.remains.join('; ')]] : []));
  const claimed = claims.length === 0 ? '' : `\n${showTable([['ACCESS TO', 'IS', 'CLAIMED', 'WHAT REMAINS'], ...claims])}`;
  return `${run.displayName}: ${run.workflow}, ${run.state}${run.note === null ? '' : ` (${run.note})`}\n${showTable([['STEP', 'STATE', 'TRIES', 'WHAT'], ...steps])}${claimed}`;
}
