import { z } from 'zod';
import { planView } from '../../shared/operations/on-demand/plan-view.ts';
import type { Product } from '../compose/compose.ts';
import { apiRoute, type Handler } from './api-route.ts';
import { bodyOf } from './body-of.ts';
import { peopleNamed } from './people-named.ts';
import { queryOf } from './read-routes.ts';

/** As many people as one request may name. */
const mostPeople = 1000;
const firstPage = 100;

export const namedPeople = z.array(z.string().min(1)).min(1, { error: 'must name somebody' }).max(mostPeople);
const demand = z.strictObject({ workflow: z.string().min(1), people: z.union([z.literal('everyone'), namedPeople]) });
const paging = z.object({
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(firstPage),
});

/** `POST /api/plans`: what a workflow would do for people, kept under its hash. Nothing is written to a target. */
export function createPlan(product: Product): Handler {
  return apiRoute(product, 'operator', async (request, { actor }) => {
    const { workflow, people } = await bodyOf(request, demand);
    const named = people === 'everyone' ? people : await peopleNamed(product.operations.registry, people);
    const planId = await product.looks.plan({ workflow, people: named, actor });
    return planView(product.operations.registry, planId, { from: 0, limit: firstPage });
  });
}

/** `GET /api/plans/{id}`: a kept plan, so many of its people at a time. */
export function getPlan(product: Product): Handler {
  return apiRoute(product, 'reader', (request) =>
    planView(product.operations.registry, request.params['id'] ?? '', queryOf(paging, request)),
  );
}
