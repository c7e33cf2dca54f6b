import { serveDurableApi } from '../durable/management-api.ts';
import type { DurableAddress } from '../durable/client-urls.ts';
import type { TaskHub } from '../durable/task-hub.ts';
import { serveAdminApi } from './admin-api.ts';
import type { AdminContext } from './admin-api.ts';
import { hasKey } from './has-key.ts';
import { sendJson } from './http-exchange.ts';
import type { HttpRouter } from './http-router.ts';
import { runHttpFunction } from './run-http-function.ts';
import type { HttpFunctionContext } from './run-http-function.ts';
import type { HttpHandler } from './start-http-server.ts';

/** Everything that answers requests. */
export type HandlerParts = {
  readonly router: HttpRouter;
  readonly functions: HttpFunctionContext;
  readonly admin: AdminContext;
  readonly hub: TaskHub;
  readonly address: DurableAddress;
  /** The host is stopping: functions take no more requests. */
  readonly isDraining: () => boolean;
};

/** Answers a request: a function's route first, then the durable API and the admin API, else 404. Levels `function` and `admin` need the master key. */
export function createHandler({ router, functions, admin, hub, address, isDraining }: HandlerParts): HttpHandler {
  return async (exchange) => {
    const match = router(exchange.method, exchange.url.pathname);
    if (match && isDraining()) return sendJson(exchange.response, 503, undefined, { connection: 'close' });
    if (match && match.authLevel !== 'anonymous' && !hasKey(exchange, admin.key)) return sendJson(exchange.response, 401);
    if (match) return runHttpFunction(functions, match, exchange);
    if (await serveDurableApi(hub, address, exchange)) return;
    if (await serveAdminApi(admin, exchange)) return;
    sendJson(exchange.response, 404);
  };
}
