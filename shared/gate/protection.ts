import type { Change, Effect } from '../domain/change.ts';
import type { Reason } from '../domain/problem.ts';
import type { GateDeps } from './gate-deps.ts';

const forbidden: ReadonlySet<Effect> = new Set(['grant', 'credential', 'destroy', 'enable', 'attribute']);

/** Refuses to give, reset or destroy anything of a privileged account. Fails closed: where privilege cannot be read, the reading throws. */
export async function refuseProtected(deps: GateDeps, change: Change, signal: AbortSignal): Promise<Reason | undefined> {
  if (!forbidden.has(change.effect) || !('id' in change.object) || change.kind === 'contact') return undefined;
  const accounts = deps.target(change.target).reads.accounts;
  if (accounts === undefined) return undefined;
  if (!(await accounts.isPrivileged(change.object.id, signal))) return undefined;
  return { code: 'protected', message: 'The account holds a privilege: such a change is made by hand, by two people.' };
}
