import { z } from 'zod';
import { findPerson } from '../../shared/operations/person-view.ts';
import type { Product } from '../compose/compose.ts';
import { apiRoute, type Handler } from './api-route.ts';
import { bodyOf } from './body-of.ts';

const erasure = z.strictObject({ reason: z.string().trim().min(1, { error: 'must say why, and name nobody' }).max(1000) });

/** `POST /api/people/{key}/erase`: erases all personal data of somebody who has left. */
export function erasePersonRoute(product: Product): Handler {
  return apiRoute(product, 'admin', async (request, { actor }) => {
    const { reason } = await bodyOf(request, erasure);
    const personId = await findPerson(product.operations.registry, request.params['key'] ?? '');
    return product.looks.erase({ personId, actor, reason });
  });
}
