import type { EventKind, Meaning } from '../../domain/classify.ts';
import { isThere, type Stance } from '../../domain/standing/standing-of.ts';
import type { TriggerEvent } from '../../workflows/definition.ts';
import type { History } from './history-of.ts';

/** What is known of a person now, what its last change means, and what was carried out so far. */
export type Situation = { readonly meaning: Meaning; readonly stance: Stance; readonly wasThere: boolean; readonly history: History };

/**
 * The triggers that a change sets off. For somebody for whom nothing was carried out yet it follows from how they stand alone, so that the order in which events came in makes no difference.
 */
export function wantedTriggers(situation: Situation): readonly TriggerEvent[] {
  if (!situation.history.isRealised) return fromTheBeginning(situation);
  return [...new Set(situation.meaning.kinds.flatMap((kind) => setOffBy(kind, situation)))];
}

function fromTheBeginning({ stance, wasThere, history }: Situation): readonly TriggerEvent[] {
  if (isThere(stance))
    return ['joiner', ...(stance.isOnLeave ? (['leave'] as const) : []), ...(stance.endsAt === null ? [] : (['leaver'] as const))];
  if (!wasThere || history.isContainBegun) return [];
  return stance.standing === 'withdrawn' ? ['rescinded'] : ['leaver'];
}

function setOffBy(kind: EventKind, { stance, history }: Situation): readonly TriggerEvent[] {
  switch (kind) {
    case 'no-show':
      return ['rescinded'];
    case 'start-moved':
      return ['correction', 'mover'];
    case 'correction':
      return ['correction', 'mover'];
    case 'conversion':
      return ['conversion', 'mover'];
    case 'withdrawn':
      return history.isLeaverBegun ? ['withdrawn'] : [];
    case 'leaver':
      // Closed already, and now to end later: what was closed is opened again until then.
      return isThere(stance) && history.isContainBegun ? ['withdrawn', 'leaver'] : ['leaver'];
    default:
      return [kind];
  }
}

const whileThere: ReadonlySet<string> = new Set(['mover', 'access-ends', 'renamed', 'correction', 'conversion', 'withdrawn']);
const always: ReadonlySet<string> = new Set(['manager-left', 'manager-appeared', 'held', 'approval-needed', 'on-demand']);

/** Whether what a trigger had set off, and is not finished, still makes sense by how the person stands now. */
export function stillApplies(trigger: string, stance: Stance): boolean {
  const isHere = isThere(stance);
  if (always.has(trigger)) return true;
  if (trigger === 'joiner' || trigger === 'rehire') return isHere;
  if (trigger === 'leaver') return stance.standing === 'left' || (isHere && stance.endsAt !== null);
  if (trigger === 'contained' || trigger === 'stripped') return stance.standing === 'left';
  if (trigger === 'rescinded') return stance.standing === 'withdrawn';
  if (trigger === 'leave') return isHere && stance.isOnLeave;
  if (trigger === 'return') return isHere && !stance.isOnLeave;
  return whileThere.has(trigger) && isHere && stance.standing !== 'coming';
}

/** Joining and coming back take up whatever else has changed meanwhile. */
export function isTakenUpByJoining(trigger: string): boolean {
  return trigger === 'mover' || trigger === 'correction' || trigger === 'conversion' || trigger === 'withdrawn';
}
