import type { Attributes, Create, Delete, Update } from '../../domain/change.ts';
import { GatehouseError } from '../../errors.ts';
import type { AccountReader } from '../../ports/readers/accounts.ts';
import type { Admitted } from '../../ports/writers/admitted.ts';
import type { Answer } from '../../ports/writers/answer.ts';
import type { AccountWriter } from '../../ports/writers/writers.ts';
import { referenceIn } from '../http/reference-in.ts';
import { resolvedId } from '../http/resolved-id.ts';
import { accepted } from '../http/to-answer.ts';
import { accountControl } from './ad-attributes.ts';
import type { AdParts } from './ad-parts.ts';
import { toLdapValues, withEnabled, type PasswordMaker } from './ad-values.ts';
import { collect } from './collect.ts';
import { childName, parentName } from './distinguished-name.ts';
import { idsOf } from './ids-of.ts';
import { anything, type LdapValues } from './ldap-directory.ts';
import type { LdapEntry } from './ldap-entry.ts';
import type { LdapOutcome } from './ldap-outcome.ts';
import { refuseNames } from './refuse-names.ts';
import { restoreAccount } from './restore-account.ts';
import { tried } from './tried.ts';

/** What the account writer needs. */
export type AdWriterParts = AdParts & { readonly reader: AccountReader; readonly newPassword: PasswordMaker };

/** Writes accounts: add, modify, rename, delete and restore. A name that is too long is refused here, since not every server does. */
export function createAccountWriter(parts: AdWriterParts): AccountWriter {
  return {
    create: (change, signal) => tried(() => create(parts, change, signal)),
    update: (change, signal) => tried(() => update(parts, change, signal)),
    delete: (change, signal) => tried(() => remove(parts, change, signal)),
    restore: (change, signal) => tried(() => restoreAccount(parts, change, signal)),
  };
}

async function create(parts: AdWriterParts, change: Admitted<Create>, signal: AbortSignal): Promise<Answer> {
  const { after } = change;
  refuseLongNames(after);
  const { cn, ou } = after;
  if (typeof cn !== 'string' || typeof ou !== 'string')
    throw new GatehouseError('target-refused', 'An account in Active Directory needs cn and ou.');
  const dn = childName(cn, ou);
  const values = toLdapValues(after, parts.newPassword);
  values.set('objectClass', ['top', 'person', 'organizationalPerson', 'user']);
  values.set('userAccountControl', [withEnabled(accountControl.normal, after['enabled'] === true)]);
  await putManager(parts, values, after, signal);
  // An attribute without values is nothing to add.
  const present = new Map([...values].filter(([, texts]) => texts.length > 0));
  const result = await parts.directory.add(dn, present, signal);
  if (result.is === 'refused') return refuseNames(parts.reader, result, { after }, signal);
  return result.is === 'ok' ? idAt(parts, dn, signal) : result;
}

/** The new object's id. It was added; when its id cannot be read, whoever asked has to look for it. */
async function idAt(parts: AdWriterParts, dn: string, signal: AbortSignal): Promise<Answer> {
  const problem = { code: 'answer-lost' as const, message: 'Active Directory added the account, but its objectGUID could not be read.' };
  try {
    const [id] = await collect(
      idsOf(parts.directory.search({ base: dn, scope: 'base', filter: anything, attributes: ['objectGUID'] }, signal)),
    );
    return id === undefined ? { is: 'lost', problem } : accepted(id);
  } catch (error) {
    if (error instanceof GatehouseError) return { is: 'lost', problem };
    throw error;
  }
}

async function update(parts: AdWriterParts, change: Admitted<Update>, signal: AbortSignal): Promise<Answer> {
  const id = resolvedId(change.object);
  const { after } = change;
  refuseLongNames(after);
  const entry = await parts.directory.object(id, ['userAccountControl', 'cn'], signal);
  if (entry === undefined) throw new GatehouseError('target-not-found', `Active Directory has no account ${id}.`);
  const values = toLdapValues(after, parts.newPassword);
  const control = Number(entry.text('userAccountControl') ?? accountControl.normal);
  if (typeof after['enabled'] === 'boolean') values.set('userAccountControl', [withEnabled(control, after['enabled'])]);
  await putManager(parts, values, after, signal);
  const written = values.size === 0 ? ok : await parts.directory.replace(entry.dn, values, signal);
  const result = written.is === 'ok' ? await move(parts, entry, after, signal) : written;
  if (result.is === 'refused') return refuseNames(parts.reader, result, { after, except: id }, signal);
  return result.is === 'ok' ? accepted(id) : result;
}

const ok: LdapOutcome = { is: 'ok' };

/** Renames or moves the object where `cn` or `ou` say so: `cn` cannot be modified in place. */
async function move(parts: AdWriterParts, entry: LdapEntry, after: Attributes, signal: AbortSignal): Promise<LdapOutcome> {
  const { cn, ou } = after;
  if (typeof cn !== 'string' && typeof ou !== 'string') return ok;
  const isSame = (typeof cn !== 'string' || cn === entry.text('cn')) && (typeof ou !== 'string' || ou === parentName(entry.dn));
  if (isSame) return ok;
  const newDn = childName(typeof cn === 'string' ? cn : (entry.text('cn') ?? ''), typeof ou === 'string' ? ou : parentName(entry.dn));
  return parts.directory.rename(entry.dn, newDn, signal);
}

async function remove(parts: AdWriterParts, change: Admitted<Delete>, signal: AbortSignal): Promise<Answer> {
  const id = resolvedId(change.object);
  const entry = await parts.directory.object(id, ['cn'], signal);
  if (entry === undefined) return accepted(id);
  const result = await parts.directory.remove(entry.dn, signal);
  return result.is === 'ok' ? accepted(id) : result;
}

async function putManager(parts: AdWriterParts, values: Map<string, LdapValues>, after: Attributes, signal: AbortSignal): Promise<void> {
  const manager = referenceIn(after, 'manager');
  if (manager === undefined) return;
  if (manager === null) return void values.set('manager', []);
  const entry = await parts.directory.object(manager, ['cn'], signal);
  if (entry === undefined) throw new GatehouseError('target-not-found', `Active Directory has no account ${manager} to be the manager.`);
  values.set('manager', [entry.dn]);
}

/** Upper limits of the schema (https://learn.microsoft.com/windows/win32/adschema/a-cn) and of logon names for users (…/adschema/a-samaccountname). */
const longest = { cn: 64, sAMAccountName: 20 } as const;

function refuseLongNames(after: Attributes): void {
  for (const [name, limit] of Object.entries(longest)) {
    const value = after[name];
    if (typeof value === 'string' && value.length > limit)
      throw new GatehouseError('target-refused', `${name} has ${value.length} characters; Active Directory takes ${limit}.`);
  }
}
