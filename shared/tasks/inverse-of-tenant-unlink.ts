import type { Change, Grantable, Link, Skip } from '../domain/change.ts';
import { need, type PastChange, type Sight } from './task.ts';

type Inverse = { readonly changes: readonly Change[]; readonly skips: readonly Skip[] };
type Given = Exclude<Grantable, 'member' | 'licence' | 'app-role'>;

/**
 * What a cloud tenant took from an account, given back where it is still gone: a company's device is opened again, a group owned again, and so on. A person's own device registers itself anew; an access package is
 * asked for anew, since its policy decides.
 */
export async function inverseOfTenantUnlink(
  change: Link & { readonly relation: Given },
  other: string,
  past: PastChange,
  sight: Sight,
): Promise<Inverse> {
  const { target, relation, kind, cause, person } = change;
  if (relation === 'access-package') {
    const message = `${cause.message} was taken away: it is asked for again, since its policy decides who gets it.`;
    return { changes: [], skips: [{ target, object: other, reason: { code: 'no-authority', message } }] };
  }
  if ((await need(sight, target, 'accounts').byId(past.object, sight.signal)) === undefined) return nothing;
  if (!(await isMissing({ target, relation }, past.object, other, sight))) return nothing;
  const aim = { target, person, kind, object: { id: past.object }, effect: 'grant' } as const;
  const why = { reference: `undo:${past.changeId}`, message: cause.message };
  return { changes: [{ ...aim, cause: why, as: 'reach', do: 'link', relation, other: { id: other } }], skips: [] };
}

const nothing: Inverse = { changes: [], skips: [] };

/** Whether it can be given back: a device that was removed, and not only disabled, cannot. */
async function isMissing(
  { target, relation }: { readonly target: string; readonly relation: Exclude<Given, 'access-package'> },
  account: string,
  other: string,
  sight: Sight,
): Promise<boolean> {
  switch (relation) {
    case 'device':
      return (await need(sight, target, 'devices').devicesOf(account, sight.signal)).some(({ id, enabled }) => id === other && !enabled);
    case 'owner':
      return !(await need(sight, target, 'ownerships').ownersOf(other, sight.signal)).includes(account);
    case 'sponsor':
      return !(await need(sight, target, 'sponsors').sponsorsOf(account, sight.signal)).includes(other);
    case 'team':
      return !(await need(sight, target, 'teams').isInTeam(other, account, sight.signal));
    case 'unit':
      return !(await need(sight, target, 'units').unitsOf(account, sight.signal)).some(({ id }) => id === other);
  }
}
