import type { Attributes, NameClaim } from '../domain/change.ts';
import { isSameValue } from '../domain/same-value.ts';
import { GatehouseError } from '../errors.ts';
import type { Subject } from '../domain/subject.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';
import { need, type Sight } from './task.ts';

/** What puts the account into the organisational unit: its names there are to be reserved with it. */
export type Placing = { readonly before: Attributes; readonly after: Attributes; readonly names: readonly NameClaim[] };

const mostTries = 99;

/**
 * What moves the account into the organisational unit. Common names are unique within it, so that whoever finds theirs taken there gets the next one, as in "Ana Sousa (2)".
 * Undefined where the account is there, or where its target does not say where it is.
 */
export async function placeInOu(target: string, found: FoundAccount, ou: string, context: Context): Promise<Placing | undefined> {
  const { ou: isIn, cn } = found.attributes;
  if (typeof isIn !== 'string' || typeof cn !== 'string' || isSameValue('ou', ou, isIn)) return undefined;
  for (let number = 1; number <= mostTries; number += 1) {
    const name = number === 1 ? cn : `${cn.slice(0, 58)} (${number})`;
    const names = context.sight.namesBorne(target, { cn: name, ou }).filter(({ attribute }) => attribute === 'cn');
    if (!(await isFree({ target, name, ou, names }, context))) continue;
    const renamed = name === cn ? {} : { cn: name };
    return { before: { ou: isIn, ...(name === cn ? {} : { cn }) }, after: { ou, ...renamed }, names };
  }
  throw new GatehouseError('names-exhausted', `Every name that could be given to ${context.subject.displayName} in ${ou} is taken there.`);
}

type Context = { readonly subject: Subject; readonly sight: Sight };

type Place = { readonly target: string; readonly name: string; readonly ou: string; readonly names: readonly NameClaim[] };

async function isFree({ target, name, ou, names }: Place, { subject, sight }: Context): Promise<boolean> {
  for (const { scope, folded } of names) {
    const holder = await sight.holderOf(scope, folded);
    if (holder !== undefined && holder !== subject.personId) return false;
  }
  const accounts = need(sight, target, 'accounts');
  for (const bearer of await accounts.holdersOf('cn', name, sight.signal)) {
    if ((await sight.ownerOf(target, bearer)) === subject.personId) continue;
    const other = await accounts.byId(bearer, sight.signal);
    if (isSameValue('ou', ou, other?.attributes['ou'])) return false;
  }
  return true;
}
