import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import type { WorldClock } from '../foundation/world-clock.ts';
import type { clockChangeSchema } from './control-schemas.ts';

/** Sets the world's time as asked. A duration is added on the UTC calendar. */
export function changeClock(clock: WorldClock, change: z.infer<typeof clockChangeSchema>): void {
  const now = clock.now();
  const wall = now - clock.offsetMs();
  if ('reset' in change) return clock.setOffset(0);
  if ('set' in change) return clock.setOffset(change.set - wall);
  const then = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').add(change.advance);
  clock.setOffset(then.epochMilliseconds - wall);
}
