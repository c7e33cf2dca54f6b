import type { ControllerName } from '../domain.ts';
import type { Attributes, DirectoryObject } from './directory-object.ts';

/** What one controller wrote and the others do not know yet. Kept in memory: after a restart all controllers agree. */
export type Replication = {
  /** Notes that the controller changed attributes, or made the object when `before` is undefined; the others see it after `delayMs` of the world's time. */
  readonly note: (change: Change, delayMs: number) => void;
  /** The object as the controller knows it, undefined when it has not heard of it. */
  readonly asSeenBy: (controller: ControllerName, object: DirectoryObject) => DirectoryObject | undefined;
};

/** A change as its own controller carries it out. */
export type Change = {
  readonly object: number;
  readonly by: ControllerName;
  readonly before: Attributes | undefined;
  readonly after: Attributes;
};

// `before` of a new object is undefined and its attribute the empty text.
type Pending = {
  readonly attribute: string;
  readonly before: readonly string[] | undefined;
  readonly by: ControllerName;
  readonly until: number;
};

const existence = '';

/** Opens the replication between controllers, with nothing under way. `now` is the world's clock in milliseconds. */
export function openReplication(now: () => number): Replication {
  const underWay = new Map<number, readonly Pending[]>();
  const pendingOf = (object: number): readonly Pending[] => {
    const all = underWay.get(object);
    if (all === undefined) return [];
    const left = all.filter(({ until }) => until > now());
    if (left.length === 0) underWay.delete(object);
    else underWay.set(object, left);
    return left;
  };
  return {
    note: (change, delayMs) => {
      if (delayMs === 0) return;
      const until = now() + delayMs;
      const more = changedNames(change).map((attribute) => ({ attribute, before: change.before?.[attribute], by: change.by, until }));
      underWay.set(change.object, [...pendingOf(change.object), ...more]);
    },
    asSeenBy: (controller, object) => (underWay.size === 0 ? object : seenBy(controller, object, pendingOf(object.id))),
  };
}

function changedNames({ before, after }: Change): readonly string[] {
  return before === undefined ? [existence] : differing(before, after);
}

/** The names of the attributes in which the two differ. */
export function differing(before: Attributes, after: Attributes): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

// Newest first: what the controller wrote itself hides what others wrote before.
function seenBy(controller: ControllerName, object: DirectoryObject, pending: readonly Pending[]): DirectoryObject | undefined {
  if (pending.length === 0) return object;
  if (pending.some(({ attribute, by }) => attribute === existence && by !== controller)) return undefined;
  const attributes: Record<string, readonly string[]> = { ...object.attributes };
  const own = new Set<string>();
  for (const { attribute, before, by } of pending.toReversed()) {
    if (by === controller) own.add(attribute);
    else if (!own.has(attribute)) {
      if (before === undefined) delete attributes[attribute];
      else attributes[attribute] = before;
    }
  }
  return { ...object, attributes };
}
