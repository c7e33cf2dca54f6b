import type { IncomingMessage } from 'node:http';

/** The size at which Azure refuses a body: 100 MB (https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger#limits). */
const BODY_LIMIT_BYTES = 104_857_600;

/** The body of a request as bytes; `undefined` where it is larger than the limit. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT_BYTES) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > BODY_LIMIT_BYTES) return undefined;
    chunks.push(bytes);
  }
  const [first] = chunks;
  return first && chunks.length === 1 ? first : Buffer.concat(chunks);
}
