import { v7 } from 'uuid';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';

/** UUIDs of version 7 (RFC 9562, section 5.7): unguessable, and in the order in which they were made. */
export function createIds(clock: Clock): Ids {
  return { next: () => v7({ msecs: clock.now() }) };
}
