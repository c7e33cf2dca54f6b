import type { Attributes, Plan } from '../domain/change.ts';
import type { Subject } from '../domain/subject.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';
import { differing } from './differing.ts';
import { changes } from './plans.ts';
import type { Sight } from './task.ts';

/** What the mapping keeps so of the account: neither its names, which never drift by themselves, nor what is set once. */
export function keptAttributes(found: FoundAccount, target: string, sight: Sight): Attributes {
  const names = sight.namesBorne(target, found.attributes);
  const kept = new Set(names.map((name) => name.attribute));
  return Object.fromEntries(Object.entries(sight.blueprint(target).attributes(names).always).filter(([name]) => !kept.has(name)));
}

/** Gives the account the values that the mapping gives now, where it is mastered here. */
export function keepUpToDate(found: FoundAccount, target: string, subject: Subject, sight: Sight): Plan {
  const difference = found.masteredElsewhere ? undefined : differing(keptAttributes(found, target, sight), found);
  if (difference === undefined) return changes([]);
  const aim = { target, person: subject.personId, kind: 'account', object: { id: found.id }, effect: 'attribute' } as const;
  return changes([
    { ...aim, cause: { reference: 'mapping', message: 'The mapping gives other values.' }, as: 'reach', do: 'update', ...difference },
  ]);
}
