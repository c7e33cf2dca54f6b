import type { PersonId } from '../../domain/ids.ts';
import { booksOf } from '../../gate/book-budget.ts';
import type { Braked } from '../../gate/gate-deps.ts';
import { populationOf } from '../../gate/population-of.ts';
import type { Effect } from '../../domain/change.ts';
import type { OperationDeps } from '../deps.ts';
import type { PersonPlan, PlanHead } from './plan-body.ts';

type Counted = { readonly target: string; readonly effect: Effect; changes: number; readonly people: Set<PersonId> };
type Booked = { readonly brake: Braked; readonly effect: Effect; readonly what: string; readonly people: Set<PersonId> };

/** Counts over a plan, one person after the other, so that a plan for a whole company needs no more memory than its counts. */
export type Tally = {
  add(plan: PersonPlan): void;
  /** How many changes of which effect in which target, and for how many people. */
  summary(): PlanHead['summary'];
  /** Brakes at which a part of the plan would be held. */
  brakes(deps: OperationDeps): Promise<PlanHead['brakes']>;
  peopleWithChanges(): number;
};

export function tally(): Tally {
  const counted = new Map<string, Counted>();
  const books = new Map<string, Booked>();
  const busy = new Set<PersonId>();
  return {
    add({ personId, workflows }) {
      const planned = workflows.flatMap(({ steps }) => steps.flatMap(({ changes }) => changes));
      if (planned.length > 0) busy.add(personId);
      for (const { change, verdict } of planned) {
        const { target, effect } = change;
        const entry = counted.get(`${target}/${effect}`) ?? { target, effect, changes: 0, people: new Set() };
        entry.changes += 1;
        entry.people.add(personId);
        counted.set(`${target}/${effect}`, entry);
        if (verdict.is !== 'would') continue;
        for (const { brake, key, what } of booksOf(change)) {
          const book = books.get(key) ?? { brake, effect, what, people: new Set() };
          book.people.add(personId);
          books.set(key, book);
        }
      }
    },
    summary: () =>
      [...counted.values()]
        .map(({ target, effect, changes, people }) => ({ target, effect, changes, people: people.size }))
        .toSorted((one, other) => (`${one.target}/${one.effect}` < `${other.target}/${other.effect}` ? -1 : 1)),
    brakes: (deps) => exceeded(deps, books),
    peopleWithChanges: () => busy.size,
  };
}

async function exceeded(deps: OperationDeps, books: ReadonlyMap<string, Booked>): Promise<PlanHead['brakes']> {
  const { stores } = deps.registry;
  const now = deps.clock.now();
  const population = await populationOf(stores, now);
  const found: PlanHead['brakes'][number][] = [];
  for (const [key, { brake: name, effect, what, people }] of books) {
    const brake = deps.gate.policy.brake(name, population);
    if (brake === undefined) continue;
    const booked = await stores.budgets.booked({ key, now, windowMs: brake.windowMs, except: [...people] });
    if (booked + people.size <= brake.limit) continue;
    found.push({ what: `“${effect}” ${what}`, people: people.size, booked, limit: brake.limit });
  }
  return found;
}
