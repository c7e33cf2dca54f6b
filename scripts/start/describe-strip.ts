import type { RunSteps } from './gatehouse-api.ts';
import { paint, wrapped } from './paint.ts';

/** Steps that take something away, and what that is: one, several. */
const counted = [
  ['ad-groups', 'group in AD', 'groups in AD'],
  ['entra-groups', 'in Entra', 'in Entra'],
  ['oci-groups', 'in OCI', 'in OCI'],
  ['app-roles', 'app role', 'app roles'],
  ['oci-credentials', 'credential', 'credentials'],
  ['methods', 'way to sign in', 'ways to sign in'],
  ['licences', 'licence', 'licences'],
] as const;

/** A leaver's second stage: how much was taken away of what, and what is left to people, each with its reason. Lines take at most so many columns. */
export function describeStrip(name: string, run: RunSteps, width: number): readonly string[] {
  const taken = counted.flatMap(([stepId, one, many]) => {
    const step = run.steps.find((other) => other.stepId === stepId);
    const done = step?.changes.filter(({ outcome }) => outcome?.is === 'done').length ?? 0;
    return done === 0 ? [] : [`${done} ${done === 1 ? one : many}`];
  });
  const isOver = run.state === 'done' || run.state === 'done-with-gaps';
  const done = taken.length === 0 ? 'nothing was left to take away' : `taken away: ${taken.join(', ')}`;
  const words = isOver ? done : run.state;
  return [
    ...wrapped(`${name}: ${words}`, 4, width),
    ...left(run).flatMap((reason) => wrapped(`↳ ${reason}`, 4, width).map((line) => paint.warn(line))),
  ];
}

/** What a step did stands in its summary too, and is counted already. */
function left({ steps }: RunSteps): readonly string[] {
  const open = steps.filter(({ gaps, state }) => gaps > 0 || ['failed', 'unknown', 'held', 'refused'].includes(state));
  const reasons = open.flatMap(({ summary }) => summary.split('; ').filter((part) => !part.endsWith('taken away')));
  return [...new Set(reasons)];
}
