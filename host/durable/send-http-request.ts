import { messageOf } from '../message-of.ts';
import { httpRequest } from './http-call.ts';
import type { HttpRequest, HttpResponse } from './http-call.ts';

// The time-out of the .NET client with which the extension sends (`HttpClient.Timeout`).
const TIMEOUT_MS = 100_000;

// .NET keeps these with the content, not with the response, and the extension hands on the response's headers only.
const CONTENT_HEADERS: ReadonlySet<string> = new Set([
  'allow',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-md5',
  'content-range',
  'content-type',
  'expires',
  'last-modified',
]);

/**
 * Sends a request of `callHttp` and gives the answer as JSON, whatever its status (extension,
 * `TaskHttpActivityShim.cs`). Throws where there is no answer, and for what this host cannot send.
 */
export async function sendHttpRequest(input: string | null): Promise<string> {
  const request = httpRequest.parse(JSON.parse(input ?? 'null'));
  const response = await send(request);
  const headers = [...response.headers.keys()].filter((name) => !CONTENT_HEADERS.has(name));
  const answer: HttpResponse = {
    statusCode: response.status,
    headers: Object.fromEntries(headers.map((name) => [canonical(name), valueOf(response, name)])),
    content: await response.text(),
  };
  return JSON.stringify(answer);
}

async function send(request: HttpRequest): Promise<Response> {
  const { method, uri, content } = request;
  if (request.tokenSource) throw new Error('callHttp with a tokenSource needs a managed identity, which this host does not have.');
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers ?? {}))
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, String(one));
  if (headers.get('content-type')?.includes('multipart')) throw new Error('Multipart content is not supported with CallHttpAsync.');
  if (typeof content === 'string' && !headers.has('content-type')) headers.set('content-type', 'text/plain');
  try {
    return await fetch(uri, { method, headers, body: content ?? null, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new Error(`${method} ${uri} had no answer: ${messageOf(cause)}`, { cause: error });
  }
}

function valueOf(response: Response, name: string): string | string[] {
  const cookies = name === 'set-cookie' ? response.headers.getSetCookie() : [];
  return cookies.length > 1 ? cookies : (response.headers.get(name) ?? '');
}

/** The spelling in which .NET hands on the headers that it knows; `X-` headers go as they are. */
function canonical(name: string): string {
  if (name === 'etag') return 'ETag';
  if (name === 'www-authenticate') return 'WWW-Authenticate';
  return name.startsWith('x-') ? name : name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
