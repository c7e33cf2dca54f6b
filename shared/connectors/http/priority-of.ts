import type { Change } from '../../domain/change.ts';
import { usualPriority } from './urgency.ts';
import type { Priority } from './wire.ts';

/** Containment goes before everything else when a quota is short. */
export function priorityOf(change: Pick<Change, 'effect'>): Priority {
  return change.effect === 'contain' ? 'contain' : usualPriority();
}
