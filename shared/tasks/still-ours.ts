import type { Change } from '../domain/change.ts';
import type { PastChange } from './task.ts';

/** A past change with those of its attributes that nothing of ours has written since; for what has no attributes the list is empty. */
export type StillOurs = { readonly past: PastChange; readonly attributes: readonly string[] };

/** What a run was for, by what is to be undone, and what begins a new chapter, before which nothing is undone. */
const chapters = {
  joiner: { of: new Set(['joiner', 'rehire']), since: new Set(['leaver', 'contained', 'stripped']) },
  leaver: { of: new Set(['leaver', 'contained', 'stripped']), since: new Set(['joiner', 'rehire']) },
} as const;

/** What is to be taken back: what runs of a kind did since the person last came or left, or what one run did. */
export type Undone = keyof typeof chapters | { readonly run: string };

/**
 * The changes that are to be taken back, newest first, as far as no later change of ours touched the same thing. `past` is newest first.
 */
export function stillOurs(past: readonly PastChange[], undone: Undone): readonly StillOurs[] {
  const isOf = whichOf(past, undone);
  const touched = new Set<string>();
  return past.flatMap((one) => {
    const fresh = aspectsOf(one).filter(({ key }) => !touched.has(key));
    for (const { key } of fresh) touched.add(key);
    if (fresh.length === 0 || !isOf(one)) return [];
    return [{ past: one, attributes: fresh.flatMap(({ attribute }) => attribute ?? []) }];
  });
}

function whichOf(past: readonly PastChange[], undone: Undone): (one: PastChange) => boolean {
  if (typeof undone === 'object') return ({ runId }) => runId === undone.run;
  const { of, since } = chapters[undone];
  const kinds: ReadonlySet<string> = of;
  // Whoever is shut while the hire is taken back has not come again since.
  const latest = undone === 'joiner' ? past.findIndex(({ trigger }) => kinds.has(trigger)) : 0;
  const begins = past.slice(Math.max(0, latest)).find(({ trigger }) => since.has(trigger))?.at ?? Number.NEGATIVE_INFINITY;
  return ({ trigger, at }) => kinds.has(trigger) && at >= begins;
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
