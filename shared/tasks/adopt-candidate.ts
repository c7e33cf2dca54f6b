import type { Plan } from '../domain/change.ts';
import type { Subject } from '../domain/subject.ts';
import type { FoundAccount } from '../ports/readers/accounts.ts';
import { find, hold } from './plans.ts';
import { need, type Sight } from './task.ts';

/** For whom a candidate was found in a target, and by what it was: the employee id where nothing else is said. */
export type Candidacy = { readonly target: string; readonly subject: Subject; readonly sight: Sight; readonly by?: string };

/**
 * Decides about an account that was found by a key rather than by its link: adopted when it is nobody else's, holds no privilege and bears a plausible
 * name; else held for a person to decide.
 */
export async function adoptCandidate(
  found: FoundAccount,
  how: 'adopted' | 'synced',
  { target, subject, sight, by = 'employee id' }: Candidacy,
): Promise<Plan> {
  const owner = await sight.ownerOf(target, found.id);
  const label = `${found.displayName ?? found.id} in ${target}`;
  if (owner !== undefined && owner !== subject.personId)
    return hold('owned-by-another', `${label} carries this ${by} but belongs to another person.`);
  if (how === 'adopted' && (await need(sight, target, 'accounts').isPrivileged(found.id, sight.signal))) {
    return hold('privileged', `${label} carries this ${by} and holds a privilege, so it is not adopted by itself.`);
  }
  if (how === 'adopted' && !isPlausible(found, subject)) {
    return hold('name-implausible', `${label} carries this ${by}, but its name is not ${subject.displayName}.`);
  }
  return find({
    target,
    id: found.id,
    how,
    anchor: found.anchor,
    names: sight.namesBorne(target, found.attributes),
    cause: {
      reference: `match:${how}`,
      message: how === 'synced' ? 'Found by its anchor.' : `Found by its ${by}, unowned and unprivileged.`,
    },
  });
}

/** A name is plausible when the given or the family name appears in the account's display name, accents and case aside. */
function isPlausible(found: FoundAccount, subject: Subject): boolean {
  const shown = fold(found.displayName ?? '');
  const { given, family, preferred } = subject.worker.name;
  return [given, family, preferred].some((part) => part != null && part !== '' && shown.includes(fold(part)));
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
