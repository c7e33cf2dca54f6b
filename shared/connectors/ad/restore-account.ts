import type { Attributes, Restore } from '../../domain/change.ts';
import type { AccountReader } from '../../ports/readers/accounts.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { Answer } from '../../ports/writers/answer.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted } from '../http/to-answer.ts';
import type { AdParts } from './ad-parts.ts';
import { childName } from './distinguished-name.ts';
import type { LdapEntry } from './ldap-entry.ts';
import { refuseNames } from './refuse-names.ts';

/**
 * Brings a deleted account back below the container that it was in last, under its old objectGUID (MS-ADTS 3.1.1.5.3.7). With the Recycle Bin enabled everything comes back; without it only
 * what a tombstone keeps. An account that is there already is accepted.
 */
export async function restoreAccount(
  { directory, reader }: AdParts & { readonly reader: AccountReader },
  change: Admitted<Restore>,
  signal: AbortSignal,
): Promise<Answer> {
  const id = resolvedId(change.object);
  const entry = await directory.deleted(id, signal);
  if (entry === undefined || !isRestorable(entry)) {
    const there = entry?.text('isDeleted') !== 'TRUE' ? await directory.object(id, ['cn'], signal) : undefined;
    return there === undefined ? refused(`Active Directory does not keep the deleted account ${id} any more.`) : accepted(id);
  }
  const parent = entry.text('lastKnownParent');
  if (parent === null) return refused(`Active Directory does not tell where the deleted account ${id} was.`);
  const result = await directory.restore(entry.dn, childName(lastName(entry), parent), signal);
  // Its names may have been given away meanwhile.
  if (result.is === 'refused') return refuseNames(reader, result, { after: namesOf(entry) }, signal);
  return result.is === 'ok' ? accepted(id) : result;
}

/** Whether a deleted object can be restored: one that was recycled has lost what makes it an account. */
export function isRestorable(entry: LdapEntry | undefined): boolean {
  return entry !== undefined && entry.text('isDeleted') === 'TRUE' && entry.text('isRecycled') !== 'TRUE';
}

/** The name it had: a deleted object is called `<name>\nDEL:<objectGUID>`. */
function lastName(entry: LdapEntry): string {
  return entry.text('msDS-LastKnownRDN') ?? (entry.text('cn') ?? '').replace(/\nDEL:[^\n]*$/, '');
}

function namesOf(entry: LdapEntry): Attributes {
  const names = ['sAMAccountName', 'userPrincipalName'].map((name) => [name, entry.text(name)]);
  return { ...Object.fromEntries(names), cn: lastName(entry) };
}

function refused(message: string): Answer {
  return { is: 'refused', problem: { code: 'target-not-found', message } };
}
