import { adError, attributeError } from '../ad-error.ts';
import type { WireChange } from '../protocol/request.ts';
import { decodePassword, isPasswordAccepted } from '../rules/password-policy.ts';
import type { DirectoryObject } from '../store/directory-object.ts';
import type { OperationContext } from './session.ts';

/** Reads the value of `unicodePwd`. Fails with 53 over an unencrypted connection, and when it is not a quoted password in UTF-16LE (MS-ADTS 3.1.1.3.1.5.1). */
export function readPassword(context: OperationContext, values: readonly Buffer[]): string {
  if (!context.session.isEncrypted) throw adError('passwordNeedsEncryption');
  const [value, ...others] = values;
  const password = value === undefined || others.length > 0 ? undefined : decodePassword(value);
  if (password === undefined) throw adError('badPasswordFormat');
  return password;
}

/** The new password that the changes of one modify request set: a replace resets it, a delete of the old with an add of the new changes it. Undefined when they touch
 * no password. What the policy refuses gives 53 for a reset and 19 for a change, both with 0000052D; a wrong old password 19 with 00000056. */
export function newPassword(context: OperationContext, object: DirectoryObject, changes: readonly WireChange[]): string | undefined {
  const own = changes.filter((change) => change.name.toLowerCase() === 'unicodepwd');
  if (own.length === 0) return undefined;
  const read = (change: WireChange) => readPassword(context, change.values);
  const [first, second] = own;
  if (first?.operation === 'replace' && second === undefined) return read(first);
  const removed = own.find((change) => change.operation === 'delete');
  const added = own.find((change) => change.operation === 'add');
  if (own.length !== 2 || removed === undefined || added === undefined) throw adError('unwilling');
  if (!context.store.passwords.matches(object.id, read(removed))) throw attributeError('oldPasswordWrong', 'unicodePwd');
  return read(added);
}

/** Refuses a password that the domain's policy refuses. `isChange` says that the old one was given too. */
export function checkPassword(password: string, attributes: Readonly<Record<string, readonly string[]>>, isChange: boolean): void {
  const isAccepted = isPasswordAccepted(password, attributes['sAMAccountName']?.[0] ?? '', attributes['displayName']?.[0] ?? '');
  if (!isAccepted) throw isChange ? attributeError('passwordRefused', 'unicodePwd') : adError('passwordRefused');
}
