import { sameValue } from './standing/same-value.ts';
import { isThere, type Stance } from './standing/standing-of.ts';
import type { Worker } from './worker.ts';

/** What a change of what is known means for a person. */
export type EventKind =
  | 'joiner'
  | 'rehire'
  | 'withdrawn'
  | 'rescinded'
  | 'no-show'
  | 'leaver'
  | 'conversion'
  | 'leave'
  | 'return'
  | 'start-moved'
  | 'mover'
  | 'renamed'
  | 'correction';

/** What was known of a person at one time. `wasThere` says whether what was told ever gave them access. */
export type Known = { readonly stance: Stance; readonly wasThere: boolean };

/** All that it means, the weightiest first (nothing where it is empty), and which fields of the record that counts have changed. */
export type Meaning = { readonly kinds: readonly EventKind[]; readonly changed: readonly string[] };

/** Fields whose change moves a person in the organisation. */
const organisational: ReadonlySet<string> = new Set([
  'department',
  'jobTitle',
  'jobCode',
  'costCenter',
  'company',
  'division',
  'location',
  'managerId',
  'sponsorId',
]);

/** Fields that say how somebody stands, which is compared as such, and what only names the record. */
const aside: ReadonlySet<string> = new Set([
  'status',
  'workerType',
  'hireDate',
  'lastDay',
  'accessEnds',
  'terminationKind',
  'leave',
  'name',
  'engagementId',
  'personKey',
]);

/** Compares what is known of a person before and now: by all of their employments, so that the end of one of several is nobody's leaving. */
export function classify(before: Known, now: Known): Meaning {
  const changed = changedFields(before.stance.leading?.worker, now.stance.leading?.worker);
  const [wasThere, isNow] = [isThere(before.stance), isThere(now.stance)];
  if (isNow)
    return { kinds: wasThere ? amongThose(before.stance, now.stance, changed) : [begins(before, now), ...ending(now.stance)], changed };
  return { kinds: whenOver(before, now), changed };
}

/** Also where somebody was there by what is told only now, of a time before, where they never were by it, or where it is over in another way than was known. */
function whenOver(before: Known, now: Known): readonly EventKind[] {
  if (isThere(before.stance)) return [now.wasThere ? ends(now.stance) : 'correction'];
  if (before.wasThere === now.wasThere && before.stance.standing === now.stance.standing) return [];
  if (now.wasThere) return [ends(now.stance)];
  return before.wasThere ? ['correction'] : [];
}

function begins(before: Known, now: Known): EventKind {
  if (before.stance.standing === 'none' || !before.wasThere) return 'joiner';
  return before.stance.standing === 'left' && isSameStint(before.stance, now.stance) ? 'withdrawn' : 'rehire';
}

function ending({ endsAt }: Stance): readonly EventKind[] {
  return endsAt === null ? [] : ['leaver'];
}

function ends({ standing, leading }: Stance): EventKind {
  if (standing !== 'withdrawn') return 'leaver';
  return leading?.worker.status === 'rescinded' ? 'rescinded' : 'no-show';
}

function amongThose(before: Stance, now: Stance, changed: readonly string[]): readonly EventKind[] {
  return [...inStanding(before, now), ...inRecord(changed)];
}

function inStanding(before: Stance, now: Stance): readonly EventKind[] {
  const isSame = isSameRecord(before, now);
  return chosen([
    [isSame && before.endsAt !== null && now.endsAt === null, 'withdrawn'],
    [now.endsAt !== null && now.endsAt !== before.endsAt, 'leaver'],
    [before.leading?.worker.workerType !== now.leading?.worker.workerType, 'conversion'],
    [!before.isOnLeave && now.isOnLeave, 'leave'],
    [before.isOnLeave && !now.isOnLeave, 'return'],
    [before.leading?.worker.hireDate !== now.leading?.worker.hireDate, 'start-moved'],
  ]);
}

function inRecord(changed: readonly string[]): readonly EventKind[] {
  return chosen([
    [changed.some((field) => organisational.has(field)), 'mover'],
    [changed.includes('name'), 'renamed'],
    [changed.some((field) => !organisational.has(field) && !aside.has(field)), 'correction'],
  ]);
}

function chosen(cases: readonly (readonly [boolean, EventKind])[]): readonly EventKind[] {
  return cases.flatMap(([isSo, kind]) => (isSo ? [kind] : []));
}

function isSameRecord(before: Stance, now: Stance): boolean {
  return before.leading?.source === now.leading?.source && before.leading?.workerId === now.leading?.workerId;
}

function isSameStint(before: Stance, now: Stance): boolean {
  return isSameRecord(before, now) && before.leading?.worker.hireDate === now.leading?.worker.hireDate;
}

function changedFields(before: Worker | undefined, now: Worker | undefined): readonly string[] {
  if (before === undefined || now === undefined) return [];
  const [old, fresh]: readonly Readonly<Record<string, unknown>>[] = [before, now];
  const fields = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...fields].filter((field) => !sameValue(old?.[field], fresh?.[field])).toSorted();
}
