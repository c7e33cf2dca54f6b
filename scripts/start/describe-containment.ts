import { describeRun } from './describe-run.ts';
import type { RunSteps } from './gatehouse-api.ts';
import { paint, wrapped } from './paint.ts';

/** From when the time is counted, in milliseconds (the run's due time unless given), how wide a line may be, and whether what remains of the access is told too. */
export type Telling = { readonly since?: number; readonly width: number; readonly remains?: boolean };

const systems = [
  ['ad:', 'AD'],
  ['entra:', 'Entra'],
  ['oci:', 'OCI'],
] as const;

/** A leaver's first stage: the person, how fast every account was shut, what may be claimed of each system and, on request, what remains; all as the run says. */
export function describeContainment(name: string, run: RunSteps, { since, width, remains = false }: Telling): readonly string[] {
  if (isOpen(run)) return describeRun(name, run, 'OPEN: two approvers are asked', '').slice(0, 1);
  if (run.state !== 'done' && run.state !== 'done-with-gaps') return describeRun(name, run, '');
  const from = since ?? Math.max(Date.parse(run.createdAt), Date.parse(run.dueAt));
  const [first = '', ...troubles] = describeRun(name, run, `shut in ${secondsUntilShut(run, from)} s`, '');
  const claims = systems.flatMap(([prefix, system]) => claimOf(run, prefix).map((claim) => `${system} ${claim.claims}`));
  const left = systems.flatMap(([prefix, system]) =>
    claimOf(run, prefix).flatMap((claim) => claim.remains.map((one) => `${one} (${system})`)),
  );
  return [
    first,
    ...wrapped(claims.join('; '), 4, width),
    ...(remains ? wrapped(`remains: ${left.join('; ')}`, 4, width).map((line) => paint.dim(line)) : []),
    ...troubles,
  ];
}

/** Held until two have agreed. */
function isOpen({ state, steps }: RunSteps): boolean {
  return state === 'held' && steps.some(({ summary }) => summary.startsWith('OPEN'));
}

/** What the last step of the system says; none where the person has no account there. */
function claimOf({ steps }: RunSteps, prefix: string) {
  return steps.flatMap(({ claim }) => (claim?.target.startsWith(prefix) === true ? [claim] : [])).slice(-1);
}

/** The steps that confirm come after all is shut. */
function secondsUntilShut({ steps }: RunSteps, from: number): string {
  const ends = steps.flatMap(({ task, lastAt }) => (task === 'contain-account' && lastAt !== null ? [Date.parse(lastAt)] : []));
  return ((Math.max(...ends) - from) / 1000).toFixed(1);
}
