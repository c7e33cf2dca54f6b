import type { Change, Effect } from '../domain/change.ts';
import type { TargetId } from '../domain/ids.ts';
import type { Reason } from '../domain/problem.ts';
import type { GateDeps, GateRequest } from './gate-deps.ts';

const forbidden: ReadonlySet<Effect> = new Set(['grant', 'credential', 'destroy', 'enable', 'attribute']);

/** Refuses to give, reset or destroy anything of a privileged account. Fails closed: where privilege cannot be read, the reading throws. */
export async function refuseProtected(deps: GateDeps, change: Change, request: GateRequest): Promise<Reason | undefined> {
  if (!forbidden.has(change.effect) || !('id' in change.object) || change.kind === 'contact') return undefined;
  const own = { target: change.target, nativeId: change.object.id };
  // A credential opens more than the account it is for: somebody privileged anywhere gets none by itself.
  const accounts = change.effect === 'credential' ? [own, ...(await deps.registry.stores.links.of(request.personId))] : [own];
  for (const { target, nativeId } of accounts) {
    if (await isPrivileged(deps, request, target, nativeId)) {
      return { code: 'protected', message: `The account in ${target} holds a privilege: such a change is made by hand, by two people.` };
    }
  }
  return undefined;
}

/** Read once a step, for it takes several calls. */
async function isPrivileged(deps: GateDeps, request: GateRequest, target: TargetId, nativeId: string): Promise<boolean> {
  const key = `${target}/${nativeId}`;
  const known =
    request.privileged.get(key) ?? deps.target(target).reads.accounts?.isPrivileged(nativeId, request.signal) ?? Promise.resolve(false);
  request.privileged.set(key, known);
  return known;
}
