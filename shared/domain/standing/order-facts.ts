import type { ToldFact } from './told-fact.ts';

/**
 * The one order of a set of facts, however they arrived: by revision among those that have one, else by when they happened, else by the event's id. A fact without a revision stands where its
 * time falls among the others, whose times are taken as never going back.
 */
export function orderFacts<Fact extends ToldFact>(facts: readonly Fact[]): readonly Fact[] {
  const revised = facts
    .filter(({ revision }) => revision !== null)
    .toSorted((one, other) => (one.revision ?? 0) - (other.revision ?? 0) || byTime(one, other));
  let latest = Number.NEGATIVE_INFINITY;
  const timed = revised.map((fact) => {
    latest = Math.max(latest, fact.occurredAt);
    return { fact, at: latest };
  });
  const others = facts.filter(({ revision }) => revision === null).toSorted(byTime);
  const placed = [...timed, ...others.map((fact) => ({ fact, at: fact.occurredAt }))];
  // Sorting is stable: those with a revision keep their order, and come before others of the same time.
  return placed.toSorted((one, other) => one.at - other.at).map(({ fact }) => fact);
}

function byTime(one: ToldFact, other: ToldFact): number {
  return one.occurredAt - other.occurredAt || (one.eventId < other.eventId ? -1 : one.eventId > other.eventId ? 1 : 0);
}
