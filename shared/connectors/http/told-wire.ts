import { fail, inSpan } from '../../telemetry/in-span.ts';
import { maskedPath } from '../../telemetry/mask-url.ts';
import { measure } from '../../telemetry/measure.ts';
import type { Wire } from './wire.ts';

/**
 * Has each request be a span, and be counted. The address is told without its query and without what could name somebody; headers and bodies are not told at all. No `traceparent` is sent along: these are
 * other people's systems.
 */
export function tellWire(wire: Wire): Wire {
  return (request, signal) => {
    const { host } = new URL(request.url);
    const path = maskedPath(request.url);
    const facts = { 'http.request.method': request.method, 'url.template': path, 'server.address': host };
    return inSpan({ name: `${request.method} ${path}`, side: 'client', facts }, async (span) => {
      const began = performance.now();
      const told = (status: string) => {
        measure('gatehouse.target.requests', 1, { server: host, status });
        measure('gatehouse.target.duration', (performance.now() - began) / 1000, { server: host });
      };
      try {
        const response = await wire(request, signal);
        span.setAttribute('http.response.status_code', response.status);
        if (response.status >= 400) fail(span, String(response.status));
        told(String(response.status));
        return response;
      } catch (error) {
        told('none');
        throw error;
      }
    });
  };
}
