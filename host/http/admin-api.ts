import type { HostClock } from '../clock/clock.ts';
import { serveClock } from './serve-clock.ts';
import { readBody } from './read-body.ts';
import { sendJson } from './http-exchange.ts';
import type { HttpExchange } from './http-exchange.ts';
import { hasKey } from './has-key.ts';
import type { AppFunction, AppRegistry } from '../worker/app-registry.ts';

/** What the admin API needs. */
export type AdminContext = {
  readonly app: AppRegistry;
  readonly key: string;
  /** Runs a function that HTTP does not trigger, with the text given; does not throw. */
  readonly runNow: (fn: AppFunction, input: string) => void;
  readonly clock: HostClock;
  /** Nothing is in flight. */
  readonly isIdle: () => boolean;
};

const NOT_RUN_BY_HAND: ReadonlySet<string> = new Set(['httptrigger', 'orchestrationtrigger', 'entitytrigger', 'activitytrigger']);

/**
 * Answers `/admin/host/status`, `/admin/host/clock`, `/admin/functions` and `POST /admin/functions/{name}` (body `{"input": "…"}`), which
 * need the master key (https://learn.microsoft.com/azure/azure-functions/functions-manually-run-non-http); false where the path is none of them.
 */
export async function serveAdminApi(context: AdminContext, exchange: HttpExchange): Promise<boolean> {
  const { url, method, response } = exchange;
  if (!url.pathname.startsWith('/admin/')) return false;
  if (!hasKey(exchange, context.key)) {
    sendJson(response, 401);
    return true;
  }
  const [kind, name] = url.pathname.slice('/admin/'.length).split('/');
  if (method === 'GET' && kind === 'host' && name === 'status') sendJson(response, 200, status());
  else if (kind === 'host' && name === 'clock') await serveClock(context, exchange);
  else if (method === 'GET' && kind === 'functions' && !name) sendJson(response, 200, [...context.app.functions.values()].map(describe));
  else if (kind === 'functions' && name) await one(context, exchange, decodeURIComponent(name));
  else sendJson(response, 404);
  return true;
}

async function one(context: AdminContext, exchange: HttpExchange, name: string): Promise<void> {
  const { response, method } = exchange;
  const fn = context.app.functions.get(name);
  if (!fn) return sendJson(response, 404);
  if (method === 'GET') return sendJson(response, 200, describe(fn));
  if (method !== 'POST') return sendJson(response, 404);
  if (NOT_RUN_BY_HAND.has(fn.triggerType))
    return sendJson(response, 400, {
      message: `Function "${name}" has a ${fn.triggerType} and cannot be run by hand. Use its route, or the durable HTTP API.`,
    });
  const input = inputOf((await readBody(exchange.request))?.toString('utf8') ?? '');
  if (input === undefined) return sendJson(response, 400, { message: 'The body must be JSON such as {"input": ""}.' });
  context.runNow(fn, input);
  sendJson(response, 202);
}

function inputOf(body: string): string | undefined {
  if (body.trim() === '') return '';
  try {
    const parsed: unknown = JSON.parse(body);
    const input: unknown = typeof parsed === 'object' && parsed !== null && 'input' in parsed ? parsed.input : '';
    return typeof input === 'string' ? input : JSON.stringify(input);
  } catch {
    return undefined;
  }
}

function status(): object {
  return { id: 'gatehouse-host', state: 'Running', processUptime: Math.round(process.uptime() * 1000) };
}

function describe(fn: AppFunction): object {
  const bindings = Object.entries(fn.metadata.bindings).map(([name, binding]) => ({ ...binding, name }));
  return { name: fn.name, isDisabled: false, language: 'node', config: { bindings } };
}
