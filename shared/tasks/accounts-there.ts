import type { AccountLink, Subject } from '../domain/subject.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';
import { need, type Sight } from './task.ts';

/** A linked account as its target shows it now. */
export type There = { readonly link: AccountLink; readonly found: FoundAccount };

/** Every account of the person that the target shows, of whatever kind. One that is gone has nothing that could be taken away. */
export async function accountsThere(target: string, subject: Subject, sight: Sight): Promise<readonly There[]> {
  const accounts = need(sight, target, 'accounts');
  const there: There[] = [];
  for (const link of subject.links.filter((one) => one.target === target)) {
    const found = await accounts.byId(link.nativeId, sight.signal);
    if (found !== undefined) there.push({ link, found });
  }
  return there;
}
