import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What a scripted server saw of one request. */
export type SeenRequest = {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: string;
};

/** A server that answers as the script says. */
export type ScriptedServer = { readonly url: string; readonly seen: readonly SeenRequest[]; readonly stop: () => Promise<void> };

/** `number` counts requests from 1. */
export type Script = (request: SeenRequest, number: number, response: ServerResponse) => void;

/** Serves the script on a free port of 127.0.0.1. */
export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    void readBody(incoming).then((body) => {
      const request = { method: incoming.method ?? '', url: incoming.url ?? '', authorization: incoming.headers.authorization, body };
      seen.push(request);
      script(request, seen.length, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${address.port}`, seen, stop };
}

/** Answers with JSON. */
export function answer(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString();
}
