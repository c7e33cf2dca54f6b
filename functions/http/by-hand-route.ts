import { z } from 'zod';
import { noteByHand } from '../../shared/operations/note-by-hand.ts';
import { findPerson } from '../../shared/operations/person-view.ts';
import type { Product } from '../compose/compose.ts';
import { apiRoute, type Handler } from './api-route.ts';
import { bodyOf } from './body-of.ts';

const note = z.strictObject({
  did: z.string().trim().min(1, { error: 'must say what was done' }).max(1000),
  at: z.iso.datetime({ offset: true, error: 'must be an instant with its offset, such as 2026-11-30T09:15:00Z' }),
});

/** `POST /api/people/{key}/by-hand`: writes down what was done by hand, and what the targets show now. */
export function noteByHandRoute(product: Product): Handler {
  return apiRoute(product, 'operator', async (request, { actor }) => {
    const { did, at } = await bodyOf(request, note);
    const personId = await findPerson(product.operations.registry, request.params['key'] ?? '');
    return { personId, accounts: await noteByHand(product.operations, product.looks, { personId, did, doneAt: Date.parse(at), actor }) };
  });
}
