import type { Change } from '../domain/change.ts';
import type { PastChange } from './task.ts';

/** A past change with those of its attributes that nothing of ours has written since; for what has no attributes the list is empty. */
export type StillOurs = { readonly past: PastChange; readonly attributes: readonly string[] };

/** What a run was for, by what is to be undone, and what begins a new chapter, before which nothing is undone. */
const chapters = {
  joiner: { of: new Set(['joiner', 'rehire']), since: new Set(['leaver', 'contained', 'stripped']) },
  leaver: { of: new Set(['leaver', 'contained', 'stripped']), since: new Set(['joiner', 'rehire']) },
} as const;

/**
 * The changes that runs of the kind made in the latest chapter of the person's story, newest first, as far as no later change of ours touched the same thing. `past` is newest
 * first.
 */
export function stillOurs(past: readonly PastChange[], kind: keyof typeof chapters): readonly StillOurs[] {
  const { of, since } = chapters[kind];
  const begins = past.find(({ trigger }) => since.has(trigger))?.at ?? Number.NEGATIVE_INFINITY;
  const touched = new Set<string>();
  return past.flatMap((one) => {
    const fresh = aspectsOf(one).filter(({ key }) => !touched.has(key));
    for (const { key } of fresh) touched.add(key);
    if (fresh.length === 0 || !of.has(one.trigger) || one.at < begins) return [];
    return [{ past: one, attributes: fresh.flatMap(({ attribute }) => attribute ?? []) }];
  });
}

type Aspect = { readonly key: string; readonly attribute?: string };

/** The things that a change decides about. */
function aspectsOf({ change, object }: PastChange): readonly Aspect[] {
  const about = `${change.target}/${change.kind}/${object}`;
  if (change.as === 'act') return [{ key: `${about}/${change.do}/${change.key}` }];
  switch (change.do) {
    case 'update':
      return Object.keys(change.after).map((attribute) => ({ key: `${about}/${attribute}`, attribute }));
    case 'link':
    case 'unlink':
      return [{ key: `${about}/${change.relation}/${otherOf(change)}` }];
    default:
      return [{ key: `${about}/exists` }];
  }
}

function otherOf(change: Extract<Change, { readonly do: 'link' | 'unlink' }>): string {
  return 'id' in change.other ? change.other.id : change.other.accountIn;
}
