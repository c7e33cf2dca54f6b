import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atEnd } from '../foundation/temporary-world.ts';

/** One notice as it arrived. */
export type Notice = {
  readonly subscriptionId: string;
  readonly clientState: string;
  readonly changeType: string;
  readonly resource: string;
  readonly resourceData: { readonly id: string; readonly 'members@delta'?: readonly unknown[] };
  readonly tenantId: string;
  readonly subscriptionExpirationDateTime: string;
  readonly lifecycleEvent?: string;
};

/** An address that takes notices, and what it got. */
export type NoticeEndpoint = {
  readonly url: string;
  /** The notices of each post. */
  readonly posts: readonly (readonly Notice[])[];
  readonly notices: () => readonly Notice[];
  readonly tokens: readonly string[];
};

/** How an endpoint answers: the statuses of its posts in turn, then 202; and what it makes of a validation token. */
export type EndpointManners = {
  readonly statuses?: readonly number[];
  readonly validation?: (token: string) => { readonly status?: number; readonly type?: string; readonly text?: string };
};

/** Starts an endpoint that answers the handshake as documented, stopped after the test. */
export async function aNoticeEndpoint({ statuses = [], validation = () => ({}) }: EndpointManners = {}): Promise<NoticeEndpoint> {
  const posts: (readonly Notice[])[] = [];
  const tokens: string[] = [];
  const server = createServer((request, response) => {
    const token = new URL(request.url ?? '', 'http://127.0.0.1').searchParams.get('validationToken');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (token !== null) {
        tokens.push(token);
        const { status = 200, type = 'text/plain', text = token } = validation(token);
        response.writeHead(status, { 'Content-Type': type }).end(text);
        return;
      }
      posts.push((JSON.parse(Buffer.concat(chunks).toString()) as { readonly value: readonly Notice[] }).value);
      response.writeHead(statuses[posts.length - 1] ?? 202).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notes`, posts, notices: () => posts.flat(), tokens };
}
