import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

export type Answer = { readonly status: number; readonly body: unknown };
/** A server that speaks the API's shapes: `answers` by path and query; anything else is 404 in the API's words. `asked` has each request's path and token. */
export type ScriptedApi = {
  readonly url: string;
  readonly asked: readonly { readonly path: string; readonly token: string }[];
  stop(): Promise<void>;
};

/** Starts it on a free port of 127.0.0.1. */
export async function scriptedApi(answers: Readonly<Record<string, Answer>>): Promise<ScriptedApi> {
  const asked: { path: string; token: string }[] = [];
  const answerTo = (request: IncomingMessage): Answer => {
    const path = request.url ?? '';
    asked.push({ path, token: request.headers.authorization ?? '' });
    return answers[path] ?? problem(404, 'not-found', `There is nothing at ${path}.`);
  };
  const server = createServer((request, response) => {
    void text(request).then(() => {
      const { status, body } = answerTo(request);
      response
        .writeHead(status, { 'Content-Type': status < 300 ? 'application/json' : 'application/problem+json' })
        .end(JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A problem document as the API sends it (RFC 9457). */
export function problem(status: number, code: string, detail: string): Answer {
  return { status, body: { type: `urn:gatehouse:error:${code}`, title: 'A title', status, code, detail, instance: 'urn:uuid:0' } };
}
