import type { CorsSettings } from '../settings/read-local-settings.ts';
import { sendJson } from './http-exchange.ts';
import type { HttpExchange } from './http-exchange.ts';

/**
 * Lets pages of the origins in local.settings.json read answers, with any method and header, as Core Tools does
 * (https://learn.microsoft.com/azure/azure-functions/functions-develop-local#local-settings-file). True where the request was a preflight, and is answered.
 */
export function applyCors({ origins, allowsCredentials }: CorsSettings, { request, response, method }: HttpExchange): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return false;
  const isForAll = origins.includes('*');
  if (isForAll || origins.some((one) => one.toLowerCase() === origin.toLowerCase())) {
    response.setHeader('access-control-allow-origin', isForAll && !allowsCredentials ? '*' : origin);
    if (!isForAll || allowsCredentials) response.setHeader('vary', 'Origin');
    if (allowsCredentials) response.setHeader('access-control-allow-credentials', 'true');
    allowRequested(request, response);
  }
  if (method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return false;
  sendJson(response, 204);
  return true;
}

function allowRequested(request: HttpExchange['request'], response: HttpExchange['response']): void {
  for (const what of ['method', 'headers'] as const) {
    const asked = request.headers[`access-control-request-${what}`];
    if (typeof asked === 'string') response.setHeader(`access-control-allow-${what === 'method' ? 'methods' : what}`, asked);
  }
}
