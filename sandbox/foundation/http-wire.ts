import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { WireResult } from './wire.ts';

/** The context of a request in an `HttpApp`. */
export type HttpContext = Context<{ Bindings: HttpBindings }>;

/** A request body: JSON (any media type that ends in `json`) or a form, parsed; `malformed` when it is neither. */
export type HttpBody = { readonly is: 'none' } | { readonly is: 'json' | 'form'; readonly value: unknown } | { readonly is: 'malformed' };

/** Reads and parses the body. Never throws on what the client sent. */
export async function readBody(context: HttpContext): Promise<HttpBody> {
  const text = await context.req.text();
  if (text === '') return { is: 'none' };
  const mediaType = context.req.header('content-type') ?? '';
  if (mediaType.startsWith('application/x-www-form-urlencoded'))
    return { is: 'form', value: Object.fromEntries(new URLSearchParams(text)) };
  try {
    return { is: 'json', value: JSON.parse(text) as unknown };
  } catch {
    return { is: 'malformed' };
  }
}

/** Path and query of the request as received, still percent-encoded. */
export function pathOf(context: HttpContext): string {
  const url = new URL(context.req.url);
  return url.pathname + url.search;
}

/** Sends the answer as JSON, or destroys the socket when the connection is to be cut. `mediaType` is the Content-Type of a body. */
export function send(context: HttpContext, result: WireResult, mediaType = 'application/json'): Response {
  if (result === 'cut') {
    context.env.incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  const { status, headers, body, garbled } = result;
  if (garbled !== undefined) return new Response(garbled, { status, headers: { 'Content-Type': mediaType, ...headers } });
  if (body === undefined) return new Response(null, { status, ...(headers === undefined ? {} : { headers }) });
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': mediaType, ...headers } });
}
