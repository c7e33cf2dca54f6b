import { Client, ResponseType, type Middleware } from '@microsoft/microsoft-graph-client';
import type { ApiRequest } from './api.ts';
import type { Perform } from './create-api.ts';
import { usualPriority } from './urgency.ts';
import type { Wire } from './wire.ts';

/**
 * Sends requests through `@microsoft/microsoft-graph-client` with one middleware, our own wire: its token handler sends nothing to plain http, its retry handler
 * repeats a POST that had landed, and its redirect handler would follow a redirect with the token, so none of them is in the chain.
 */
export function createGraphPerform(baseUrl: string, wire: Wire): Perform {
  return async (request, signal) => {
    let failure: unknown;
    const middleware: Middleware = {
      execute: async (context) => {
        const { method = 'GET', headers, body } = context.options ?? {};
        try {
          context.response = await wire(
            {
              method,
              url: String(context.request),
              headers: Object.fromEntries(new Headers(headers)),
              body: typeof body === 'string' ? body : undefined,
              priority: request.priority ?? usualPriority(),
            },
            signal,
          );
        } catch (error) {
          // The client would wrap it and drop its cause, from which we tell sent from not sent.
          failure = error;
          throw error;
        }
      },
    };
    try {
      const response: unknown = await ask(Client.initWithMiddleware({ baseUrl, defaultVersion: 'v1.0', middleware }), request);
      if (response instanceof Response) return response;
    } catch (error) {
      throw failure ?? error;
    }
    throw new Error('The Graph client gave no response.');
  };
}

function ask(client: Client, request: ApiRequest): Promise<unknown> {
  const call = client
    .api(request.path)
    .headers({ ...request.headers })
    .responseType(ResponseType.RAW);
  if (request.method === 'GET') return call.get();
  if (request.method === 'DELETE') return call.delete();
  if (request.method === 'PATCH') return call.patch(request.body);
  return request.method === 'PUT' ? call.put(request.body) : call.post(request.body);
}
