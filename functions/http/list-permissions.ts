import { graphUses } from '../../shared/connectors/http/graph-uses.ts';
import type { Product } from '../compose/compose.ts';
import { apiRoute, type Handler } from './api-route.ts';

/** `GET /api/permissions`: what Gatehouse's application needs to be granted in Microsoft Graph, and for which calls. */
export function listPermissions(product: Product): Handler {
  return apiRoute(product, 'reader', () => Promise.resolve({ graph: graphUses }));
}
