import type { ServerResponse } from 'node:http';
import type { RpcHttpData } from '../worker/rpc-types.ts';
import { setCookie } from './set-cookie.ts';

/** Headers that belong to one connection, not to the answer (RFC 9110, section 7.6.1). */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Writes what a function answered. Throws for a header that HTTP does not allow. */
export function writeResponse(response: ServerResponse, http: RpcHttpData): void {
  const body = http.body?.bytes ?? Buffer.from(http.body?.string ?? '');
  const status = Number(http.statusCode ?? 200);
  for (const [name, value] of Object.entries(http.headers ?? {})) if (!HOP_BY_HOP.has(name.toLowerCase())) response.setHeader(name, value);
  const cookies = (http.cookies ?? []).map(setCookie);
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  if (status === 204 || status === 304) response.removeHeader('content-length');
  else response.setHeader('content-length', String(body.length));
  response.writeHead(status).end(body);
}
