import type { IncomingMessage } from 'node:http';

/**
 * The size in bytes at which a body is refused: 100 MB, or FUNCTIONS_REQUEST_BODY_SIZE_LIMIT
 * (https://learn.microsoft.com/azure/azure-functions/functions-app-settings#functions_request_body_size_limit).
 */
export function bodyLimit(): number {
  const given = Number(process.env['FUNCTIONS_REQUEST_BODY_SIZE_LIMIT'] ?? Number.NaN);
  return Number.isInteger(given) && given > 0 ? given : 104_857_600;
}

/** Whether a request announces a body over the limit. */
export function announcesTooMuch(request: IncomingMessage): boolean {
  return Number(request.headers['content-length'] ?? 0) > bodyLimit();
}

/** The body of a request as bytes; `undefined` where it is larger than the limit. Throws where the client breaks off. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (announcesTooMuch(request)) return undefined;
  const limit = bodyLimit();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > limit) return undefined;
    chunks.push(bytes);
  }
  const [first] = chunks;
  return first && chunks.length === 1 ? first : Buffer.concat(chunks);
}
