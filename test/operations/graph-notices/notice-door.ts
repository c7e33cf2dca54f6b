import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import { HttpRequest, InvocationContext } from '@azure/functions';
import type { Handler } from '../../../functions/http/api-route.ts';

/** An address on this machine behind which a handler of the app answers, without a host. */
export type NoticeDoor = { readonly url: string; open(handler: Handler): void; stop(): Promise<void> };

/** Listens at once, for the address has to be known before the product is put together; until it is opened nobody is in. */
export async function noticeDoor(): Promise<NoticeDoor> {
  let handler: Handler | undefined;
  const server = createServer((request, response) => {
    void (async () => {
      const answer = await handler?.(await toRequest(request), new InvocationContext());
      response.writeHead(answer?.status ?? 404, Object.entries((answer?.headers ?? {}) as Record<string, string>).flat());
      response.end(typeof answer?.body === 'string' ? answer.body : '');
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${portOf(server)}`, open: (one) => void (handler = one), stop: () => closed(server) };
}

async function toRequest(request: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  return new HttpRequest({
    method: request.method ?? 'GET',
    url: url.href,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    ...(chunks.length === 0 ? {} : { body: { bytes: Buffer.concat(chunks) } }),
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
