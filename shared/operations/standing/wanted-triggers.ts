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
    case 'correction':
      return isThere(stance) ? ['correction', 'mover'] : [];
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

type Applies = (stance: Stance) => boolean;
const whileThere: Applies = (stance) => isThere(stance) && stance.standing !== 'coming';
const whileLeft: Applies = ({ standing }) => standing === 'left';
const always: Applies = () => true;

/** While what a trigger sets off makes sense, by how the person stands. */
const applies: Readonly<Record<TriggerEvent, Applies>> = {
  joiner: isThere,
  rehire: isThere,
  leaver: (stance) => whileLeft(stance) || (isThere(stance) && stance.endsAt !== null),
  contained: whileLeft,
  stripped: whileLeft,
  rescinded: ({ standing }) => standing === 'withdrawn',
  leave: (stance) => isThere(stance) && stance.isOnLeave,
  return: (stance) => isThere(stance) && !stance.isOnLeave,
  mover: whileThere,
  renamed: whileThere,
  correction: whileThere,
  conversion: whileThere,
  withdrawn: whileThere,
  'access-ends': whileThere,
  'manager-left': always,
  'manager-appeared': always,
  held: always,
  'approval-needed': always,
  'on-demand': always,
};

/** Whether what a trigger had set off, and is not finished, still makes sense by how the person stands now. */
export function stillApplies(trigger: string, stance: Stance): boolean {
  return Object.entries(applies).some(([name, isSo]) => name === trigger && isSo(stance));
}

/** Joining and coming back take up whatever else has changed meanwhile. */
export function isTakenUpByJoining(trigger: string): boolean {
  return trigger === 'mover' || trigger === 'correction' || trigger === 'conversion' || trigger === 'withdrawn';
}
