import type { Perform } from './create-api.ts';
import { usualPriority } from './urgency.ts';
import type { Wire } from './wire.ts';

/** Sends requests to a plain JSON API at `baseUrl`, with `mediaType` as the type of their bodies and of the answers wanted. */
export function createRestPerform(baseUrl: string, wire: Wire, mediaType = 'application/json'): Perform {
  return (request, signal) =>
    wire(
      {
        method: request.method,
        url: `${baseUrl}${request.path}`,
        headers: { accept: mediaType, ...(request.body === undefined ? {} : { 'content-type': mediaType }), ...request.headers },
        body: request.body === undefined ? undefined : JSON.stringify(request.body),
        priority: request.priority ?? usualPriority(),
      },
      signal,
    );
}
