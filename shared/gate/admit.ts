import type { Attributes, Change, Outcome, Ref, Value } from '../domain/change.ts';
import type { TargetId } from '../domain/ids.ts';
import type { Reason } from '../domain/problem.ts';
import { type AccountLink, primaryLink } from '../domain/subject.ts';
import type { Admitted } from '../ports/writers/admitted.ts';
import { refuseWithoutAuthority } from './authority.ts';
import type { Asked, GateDeps, GateRequest } from './gate-deps.ts';
import { refuseUnwritableGroup } from './group-kind.ts';
import { stopProtected } from './protection.ts';

/** A change let through, its references resolved; or why it is not. */
export type Admission<C extends Change> =
  | { readonly is: 'admitted'; readonly change: Admitted<C> }
  | { readonly is: 'stopped'; readonly outcome: Outcome };

/** Lets a change through when its target is enforced, its references can be resolved, we hold the authority, and nothing it touches is protected. */
export async function admit<C extends Change>(deps: GateDeps, asked: Asked<C>): Promise<Admission<C>> {
  const { change, request } = asked;
  const target = writtenTo(change).find((id) => deps.policy.mode(id) !== 'enforce');
  if (target !== undefined) {
    return stopped({
      is: 'skipped',
      reason: { code: 'target-mode', message: `${target} is in ${deps.policy.mode(target)}: nothing is written to it.` },
    });
  }
  const links = await deps.registry.stores.links.of(request.personId);
  const resolved = resolve(change, links);
  if (resolved === undefined) {
    return stopped({
      is: 'held',
      reason: { code: 'account-missing', message: 'The account that this change refers to does not exist yet.' },
    });
  }
  const refusal = await refuse(deps, resolved, request);
  if (refusal !== undefined) return stopped({ is: 'refused', reason: refusal });
  const protection = await stopProtected(deps, resolved, request);
  if (protection !== undefined) return stopped(protection);
  // The one place where a change becomes writable.
  return { is: 'admitted', change: resolved as Admitted<C> };
}

async function refuse(deps: GateDeps, change: Change, { signal }: GateRequest): Promise<Reason | undefined> {
  return (await refuseWithoutAuthority(deps, change, signal)) ?? (await refuseUnwritableGroup(deps, change, signal));
}

function stopped(outcome: Outcome): { readonly is: 'stopped'; readonly outcome: Outcome } {
  return { is: 'stopped', outcome };
}

/** A pass is not issued where nobody may be told of it. */
function writtenTo(change: Change): readonly TargetId[] {
  return change.as === 'act' && change.deliver !== undefined ? [change.target, change.deliver.target] : [change.target];
}

/** The change with every `accountIn` replaced by the account's id; a create keeps its own, which does not exist yet. */
function resolve<C extends Change>(change: C, links: readonly AccountLink[]): C | undefined {
  const look = (ref: Ref): Ref | undefined => {
    if ('id' in ref) return ref;
    const link = primaryLink(links, ref.accountIn);
    return link && { id: link.nativeId };
  };
  const object = change.do === 'create' ? change.object : look(change.object);
  if (object === undefined) return undefined;
  if (change.do === 'link' || change.do === 'unlink') {
    const other = look(change.other);
    return other && { ...change, object, other };
  }
  if (change.do === 'create' || change.do === 'update') {
    const after = resolveAttributes(change.after, look);
    return after && { ...change, object, after };
  }
  return { ...change, object };
}

function resolveAttributes(attributes: Attributes, look: (ref: Ref) => Ref | undefined): Attributes | undefined {
  const resolved: Record<string, Value> = {};
  for (const [name, value] of Object.entries(attributes)) {
    const found = isRef(value) ? look(value) : value;
    if (found === undefined) return undefined;
    resolved[name] = found;
  }
  return resolved;
}

function isRef(value: Value): value is Ref {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && ('id' in value || 'accountIn' in value);
}
