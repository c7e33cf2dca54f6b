import type { IncomingMessage } from 'node:http';
import { readBody } from '../http/read-body.ts';

/** The JSON text of a request's body: as it came, `empty` where there is none, `invalid` where it is no JSON. */
export type JsonBody = { readonly text: string } | 'empty' | 'invalid' | 'too large';

/** Reads a body that has to be JSON. The text is kept as it is, so that no number loses digits. */
export async function jsonBody(request: IncomingMessage): Promise<JsonBody> {
  const bytes = await readBody(request);
  if (!bytes) return 'too large';
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  if (text === '') return 'empty';
  try {
    JSON.parse(text);
    return { text };
  } catch {
    return 'invalid';
  }
}
