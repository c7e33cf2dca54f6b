import type { NameClaim } from '../domain/change.ts';
import type { WantedName } from './task.ts';

const mostLooked = 100;

/** Whether the name is one that the mapping would offer for the person now: the base, or one of the next candidates. */
export function isOffered(wanted: WantedName, borne: NameClaim): boolean {
  let looked = 0;
  for (const { folded } of wanted.candidates()) {
    if (folded === borne.folded) return true;
    looked += 1;
    if (looked >= mostLooked) break;
  }
  return false;
}

/** The names of the account that the mapping would not give the person any more. */
export function differingNames(wanted: readonly WantedName[], borne: readonly NameClaim[]): readonly NameClaim[] {
  return borne.filter((name) => {
    const one = wanted.find(({ attribute }) => attribute === name.attribute);
    return one !== undefined && !isOffered(one, name);
  });
}
