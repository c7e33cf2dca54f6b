import type { Change, Effect } from '../domain/change.ts';
import type { Reason } from '../domain/problem.ts';
import type { GateDeps, GateRequest } from './gate-deps.ts';

const forbidden: ReadonlySet<Effect> = new Set(['grant', 'credential', 'destroy', 'enable', 'attribute']);

/** Refuses to give, reset or destroy anything of a privileged account. Fails closed: where privilege cannot be read, the reading throws. */
export async function refuseProtected(deps: GateDeps, change: Change, request: GateRequest): Promise<Reason | undefined> {
  if (!forbidden.has(change.effect) || !('id' in change.object) || change.kind === 'contact') return undefined;
  const accounts = deps.target(change.target).reads.accounts;
  if (accounts === undefined) return undefined;
  const key = `${change.target}/${change.object.id}`;
  const isPrivileged = request.privileged.get(key) ?? accounts.isPrivileged(change.object.id, request.signal);
  request.privileged.set(key, isPrivileged);
  if (!(await isPrivileged)) return undefined;
  return { code: 'protected', message: 'The account holds a privilege: such a change is made by hand, by two people.' };
}
