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
    response.writeHead(status, { ...(status === 204 ? {} : { 'content-length': '0' }), ...headers }).end();
    return;
  }
  // As text it leaves in one piece with the headers.
  const body = JSON.stringify(value);
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': String(Buffer.byteLength(body)), ...headers })
    .end(body);
}

/** Answers a request whose body is too large with 413, and ends the connection. */
export function refuseBody({ request, response }: HttpExchange): void {
  sendJson(response, 413, undefined, { connection: 'close' });
  request.resume();
}

/** Answers 500 with an empty body; where the answer has begun, it is broken off, so that the client notices. */
export function sendFailure(response: ServerResponse): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  sendJson(response, 500);
}
