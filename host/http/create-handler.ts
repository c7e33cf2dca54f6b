import { serveDurableApi } from '../durable/management-api.ts';
import type { DurableAddress } from '../durable/client-urls.ts';
import type { TaskHub } from '../durable/task-hub.ts';
import type { HostKeys } from '../keys/host-keys.ts';
import type { CorsSettings } from '../settings/read-local-settings.ts';
import { serveAdminApi } from './admin/admin-api.ts';
import type { AdminContext } from './admin/admin-api.ts';
import { applyCors } from './cors.ts';
import { hasKey } from './has-key.ts';
import { sendJson } from './http-exchange.ts';
import type { HttpExchange } from './http-exchange.ts';
import type { HttpRouter, RouteMatch } from './routing/http-router.ts';
import { runHttpFunction } from './run-http-function.ts';
import type { HttpFunctionContext } from './run-http-function.ts';
import type { HttpHandler } from './start-http-server.ts';
import { streamHttpFunction } from './stream-http-function.ts';

/** Everything that answers requests. */
export type HandlerParts = {
  readonly router: HttpRouter;
  readonly functions: HttpFunctionContext;
  readonly admin: AdminContext;
  readonly hub: TaskHub;
  readonly address: DurableAddress;
  readonly cors: CorsSettings | undefined;
  /** Headers that every answer has (`extensions.http.customHeaders` of host.json). */
  readonly customHeaders: Readonly<Record<string, string>>;
  /** The host is stopping: functions take no more requests. */
  readonly isDraining: () => boolean;
};

/** Answers a request: a function's route first, then the durable API and the admin API, else 404. */
export function createHandler({ router, functions, admin, hub, address, cors, customHeaders, isDraining }: HandlerParts): HttpHandler {
  return async (exchange) => {
    const { response } = exchange;
    for (const [name, value] of Object.entries(customHeaders)) response.setHeader(name, value);
    if (cors && applyCors(cors, exchange)) return;
    const match = router(exchange.method, exchange.url.pathname);
    if (match && isDraining()) return sendJson(response, 503, undefined, { connection: 'close' });
    if (match && !isAllowed(match, exchange, admin.keys)) return sendJson(response, 401);
    if (match && functions.streamUrl !== undefined) return streamHttpFunction(functions, functions.streamUrl, match, exchange);
    if (match) return runHttpFunction(functions, match, exchange);
    if (await serveDurableApi(hub, address, exchange)) return;
    if (await serveAdminApi(admin, exchange)) return;
    sendJson(response, 404);
  };
}

function isAllowed({ fn, authLevel }: RouteMatch, exchange: HttpExchange, keys: HostKeys): boolean {
  if (authLevel === 'anonymous') return true;
  return authLevel === 'admin' ? hasKey(exchange, keys.master) : hasKey(exchange, ...keys.ofFunction(fn.name));
}
