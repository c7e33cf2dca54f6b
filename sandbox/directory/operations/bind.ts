import { adError, bindError } from '../ad-error.ts';
import { domain, policy, serviceAccount } from '../domain.ts';
import { fromFileTime, neverExpires, toFileTime } from '../names/directory-time.ts';
import type { BindRequest } from '../protocol/request.ts';
import type { Answer } from '../protocol/response.ts';
import { isEnabled } from '../rules/account-control.ts';
import { attributeDefinition } from '../schema/attributes.ts';
import { matchKey } from '../schema/values.ts';
import type { DirectoryObject } from '../store/directory-object.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { findObject } from '../store/find-object.ts';
import { isLockedOut } from '../store/read-values.ts';
import type { OperationContext, Principal } from './session.ts';

/** Signs an account in by its distinguished name, its user principal name, or `DOMAIN\name` (MS-ADTS 5.1.1.1). Without a password the connection becomes
 * anonymous, as Active Directory lets it by default. A password over an unencrypted connection is refused (result 8). */
export function bind(context: OperationContext, request: BindRequest): Answer {
  const { session, store } = context;
  session.principal = undefined;
  const password = request.password?.toString('utf8');
  if (password === undefined) throw adError('unsupportedBind');
  if (password === '') return { result: { code: 0 } };
  if (!session.isEncrypted) throw adError('encryptionRequired');
  const account = findAccount(store, request.name);
  if (account === undefined) throw bindError('52e');
  checkSignIn(store, account, password);
  session.principal = principalOf(account);
  return { result: { code: 0 } };
}

function principalOf(account: DirectoryObject): Principal {
  const accountName = account.attributes['sAMAccountName']?.[0] ?? '';
  return { id: account.id, accountName, isWriter: accountName === serviceAccount.name };
}

function findAccount(store: DirectoryStore, name: string): DirectoryObject | undefined {
  const [, netbiosName, account = ''] = /^([^\\=]+)\\([^=]+)$/.exec(name) ?? [];
  if (netbiosName !== undefined)
    return netbiosName.toUpperCase() === domain.netbiosName ? findUser(store, 'sAMAccountName', account) : undefined;
  if (name.includes('=')) {
    const found = findObject(store, name);
    return found === 'malformed' || found?.className !== 'user' ? undefined : found;
  }
  const implicit = name.toLowerCase().endsWith(`@${domain.dnsName}`) ? name.slice(0, name.lastIndexOf('@')) : undefined;
  return findUser(store, 'userPrincipalName', name) ?? (implicit === undefined ? undefined : findUser(store, 'sAMAccountName', implicit));
}

function findUser(store: DirectoryStore, attribute: 'sAMAccountName' | 'userPrincipalName', value: string): DirectoryObject | undefined {
  const definition = attributeDefinition(attribute);
  const [id] = definition === undefined ? [] : store.objects.idsByKey(attribute, matchKey(definition, value));
  const found = id === undefined ? undefined : store.objects.byId(id);
  return found?.className === 'user' ? found : undefined;
}

// Only a locked account says so to a wrong password; the other reasons are told to who knows the password.
function checkSignIn(store: DirectoryStore, account: DirectoryObject, password: string): void {
  const now = store.now();
  if (isLockedOut(account, now)) throw bindError('775');
  if (!store.passwords.matches(account.id, password)) {
    countWrongPassword(store, account, now);
    throw bindError('52e');
  }
  const value = (name: string) => account.attributes[name]?.[0] ?? '0';
  if (!isEnabled(Number(value('userAccountControl')))) throw bindError('533');
  if (isExpired(value('accountExpires'), now)) throw bindError('701');
  if (value('pwdLastSet') === '0') throw bindError('773');
  if (value('badPwdCount') !== '0')
    store.objects.update(account.id, { ...account.attributes, badPwdCount: ['0'], lockoutTime: ['0'] }, true);
}

function isExpired(accountExpires: string, now: number): boolean {
  return accountExpires !== '0' && accountExpires !== neverExpires && fromFileTime(accountExpires) <= now;
}

function countWrongPassword(store: DirectoryStore, account: DirectoryObject, now: number): void {
  const count = Number(account.attributes['badPwdCount']?.[0] ?? 0) + 1;
  const counted = { ...account.attributes, badPwdCount: [String(count)], badPasswordTime: [toFileTime(now)] };
  const isLocked = count >= policy.lockoutThreshold;
  store.objects.update(account.id, isLocked ? { ...counted, lockoutTime: [toFileTime(now)] } : counted, !isLocked);
}
