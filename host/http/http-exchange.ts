import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request with its parsed URL, and the response to write. */
export type HttpExchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly method: string;
};

/** Answers with JSON; without a value, with an empty body. */
export function sendJson(response: ServerResponse, status: number, value?: unknown, headers: Readonly<Record<string, string>> = {}): void {
  if (value === undefined) {
    response.writeHead(status, { 'content-length': '0', ...headers }).end();
    return;
  }
  // As text it leaves in one piece with the headers.
  const body = JSON.stringify(value);
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': String(Buffer.byteLength(body)), ...headers })
    .end(body);
}
