import type { GatehouseApi, RunSteps } from '../gatehouse-api.ts';

/** What a move gave at once, and until when there is what only the old role gave. */
export async function movedLine(run: RunSteps, api: GatehouseApi): Promise<string> {
  const given = run.steps
    .flatMap(({ changes }) => changes)
    .filter((change) => change.do === 'link' && change.outcome?.is === 'done').length;
  const ends = (await api.holdings(run.personId)).flatMap(({ reasons }) => {
    const last = reasons.map(({ until }) => until);
    return last.length > 0 && last.every((until) => until !== null) ? [Math.max(...last.map(Number))] : [];
  });
  const old = ends.length === 0 ? '' : `, ${ends.length} old until ${new Date(Math.min(...ends)).toISOString().slice(0, 10)}`;
  return given === 0 ? `access as before${old}` : `${given} new${old}`;
}
