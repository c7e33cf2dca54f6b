import type { Finding } from '../domain/change.ts';
import type { AccountLink } from '../domain/subject.ts';

/** Says that a linked account is no more in its target, so that its link is ended. */
export function goneFinding({ target, nativeId, anchor }: AccountLink): Finding {
  return {
    target,
    id: nativeId,
    how: 'gone',
    anchor,
    names: [],
    cause: { reference: 'account-gone', message: `${target} shows the account ${nativeId} no more.` },
  };
}
