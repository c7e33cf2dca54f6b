import type { HttpRequest } from '@azure/functions';
import { z } from 'zod';
import { GatehouseError } from '../../shared/errors.ts';
import { askUnlock } from '../../shared/operations/holds/ask-unlock.ts';
import { cancelHold, resumeHold } from '../../shared/operations/holds/decide-hold.ts';
import type { Decided, Decision } from '../../shared/operations/holds/decision.ts';
import { setPause } from '../../shared/operations/holds/set-pause.ts';
import { findPerson } from '../../shared/operations/person-view.ts';
import type { Product } from '../compose/compose.ts';
import type { Caller } from '../compose/token-check.ts';
import { allow, apiRoute, type Handler } from './api-route.ts';
import { bodyOf } from './body-of.ts';

const reason = z.string().min(1, { error: 'must say why' }).max(1000);
const decision = z.strictObject({ reason, person: z.string().optional() });
const unlocking = z.strictObject({ owner: z.enum(['hr', 'operator', 'security']), reason });

/** `POST /api/holds/{id}/resume`: lets go on what is held, all of it or one person's part of a batch. Where two have to agree, the role is `approver`. */
export function resume(product: Product): Handler {
  return apiRoute(product, 'reader', async (request, caller) => {
    const asked = await decisionOf(product, request, caller);
    const hold = await product.operations.registry.stores.holds.byId(asked.holdId);
    allow(caller, (hold?.approvals ?? 1) > 1 ? 'approver' : 'operator');
    const decided = await resumeHold(product.operations, asked);
    if (decided.hold.kind === 'mode') await product.modes.refresh();
    // A leaver's accounts are open until this begins.
    if (decided.is === 'resumed' && decided.hold.personId !== null) await product.askWork.start([decided.hold.personId]);
    return answer(decided);
  });
}

/** `POST /api/holds/{id}/cancel`: ends what is held without doing it. */
export function cancel(product: Product): Handler {
  return apiRoute(product, 'operator', async (request, caller) =>
    answer(await cancelHold(product.operations, await decisionOf(product, request, caller))),
  );
}

/** `POST /api/people/{key}/unlock`: asks that a containment lock be lifted, as the first of two who have to agree. */
export function unlock(product: Product): Handler {
  return apiRoute(product, 'approver', async (request, { actor, oid }) => {
    const { owner, reason: why } = await bodyOf(request, unlocking);
    const personId = await findPerson(product.operations.registry, request.params['key'] ?? '');
    return answer(await askUnlock(product.operations, { personId, owner, actor, oid, reason: why }));
  });
}

/** `POST /api/pause` and `POST /api/unpause`: while it is paused, the gate writes nothing. */
export function pause(product: Product, isOn: boolean): Handler {
  return apiRoute(product, 'operator', async (request, { actor }) => {
    const { reason: why } = await bodyOf(request, z.strictObject({ reason }));
    await setPause(product.operations, { isOn, actor, reason: why });
    return { paused: isOn };
  });
}

async function decisionOf(product: Product, request: HttpRequest, { actor, oid }: Caller): Promise<Decision> {
  const holdId = request.params['id'];
  if (holdId === undefined) throw new GatehouseError('not-found', 'There is no such hold.');
  const { reason: why, person } = await bodyOf(request, decision);
  const personId = person === undefined ? undefined : await findPerson(product.operations.registry, person);
  return { holdId, actor, oid, reason: why, personId };
}

function answer(decided: Decided) {
  const { hold, is } = decided;
  const missing = decided.is === 'waiting' ? { approvals: decided.approvals, needed: hold.approvals } : { runs: decided.runs };
  return { holdId: hold.id, state: is, ...missing };
}
