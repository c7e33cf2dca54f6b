import type { Plan } from '../domain/change.ts';
import type { AccountLink } from '../domain/subject.ts';
import { hold, waitFor } from './plans.ts';
import type { Sight } from './task.ts';

/** How long a new account may be invisible to a reader (https://learn.microsoft.com/graph/best-practices-concept: eventual consistency). */
const visibleAfterMs = 5 * 60_000;

/** What to do about a linked account that the target does not show: a young one may not be visible yet, an older one is gone. */
export function missingAccount(link: AccountLink, sight: Sight): Plan {
  if (sight.now - link.since < visibleAfterMs) return waitFor(2000, `waiting until ${link.target} shows the new account`);
  return hold('account-missing', `The account ${link.nativeId} is gone from ${link.target}.`);
}
