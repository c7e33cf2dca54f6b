import type { InstanceRow } from './instance.ts';

/** The last row of a page, from which the next one goes on. */
export type Cursor = Pick<InstanceRow, 'createdAt' | 'key' | 'id'>;

/** The text in which a cursor is given to a client, which gives it back as it is. */
export function encodeToken({ createdAt, key, id }: Cursor): string {
  return Buffer.from(JSON.stringify([createdAt, key, id])).toString('base64url');
}

/** The cursor of a token; `undefined` where the text is none of ours. */
export function decodeToken(token: string): Cursor | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    const [createdAt, key, id] = Array.isArray(parsed) ? (parsed as readonly unknown[]) : [];
    return typeof createdAt === 'number' && typeof key === 'number' && typeof id === 'string' ? { createdAt, key, id } : undefined;
  } catch {
    return undefined;
  }
}
