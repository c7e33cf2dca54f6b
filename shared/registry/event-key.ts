import { createHash } from 'node:crypto';

/** The inbox id of an event: the same source and event id always give the same one. */
export function eventKey(source: string, eventId: string): string {
  return createHash('sha256')
    .update(JSON.stringify([source, eventId]))
    .digest('hex')
    .slice(0, 32);
}
