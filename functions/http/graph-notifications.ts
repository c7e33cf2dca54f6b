import type { HttpResponseInit } from '@azure/functions';
import { graphStatus } from '../../shared/operations/graph-notices/graph-status.ts';
import { takeNotices } from '../../shared/operations/graph-notices/take-notices.ts';
import type { Product } from '../compose/compose.ts';
import { apiRoute, guarded, type Handler } from './api-route.ts';

/**
 * `POST /api/graph/notifications` and `/api/graph/lifecycle`: answers the validation handshake, and hands notices to the queue with 202 before anything is looked at. 503 when
 * the queue does not take them, so that they are sent again (https://learn.microsoft.com/graph/change-notifications-delivery-webhooks).
 */
export function graphNotifications(product: Product): Handler {
  return guarded(product.operations.log, async (request) => {
    const token = request.query.get('validationToken');
    if (token !== null) return handshake(token);
    await takeNotices({ queue: product.relay.queue, ids: product.operations.ids }, new Uint8Array(await request.arrayBuffer()));
    return { status: 202 };
  });
}

/** The decoded token and nothing else, as text that no browser takes for anything else. */
function handshake(token: string): HttpResponseInit {
  return { status: 200, headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' }, body: token };
}

/** `GET /api/graph`: how the line to each tenant stands. */
export function getGraph(product: Product): Handler {
  return apiRoute(product, 'reader', () => graphStatus(product.operations.registry));
}
