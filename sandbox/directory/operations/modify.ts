import { transaction } from '../../foundation/transaction.ts';
import { adError, attributeError } from '../ad-error.ts';
import { hasControl } from '../protocol/controls.ts';
import type { WireChange } from '../protocol/request.ts';
import type { Answer } from '../protocol/response.ts';
import { settleAccount, type AccountDraft } from '../rules/account-draft.ts';
import { checkAccountNames } from '../rules/account-names.ts';
import { checkBound, checkObjectWritable } from '../rules/rights.ts';
import { checkConstraints, decodeValues, writableDefinition } from '../rules/write-values.ts';
import type { AttributeDefinition } from '../schema/attributes.ts';
import { matchKey } from '../schema/values.ts';
import { isDeleted } from '../store/deleted-objects.ts';
import type { DirectoryObject } from '../store/directory-object.ts';
import { changeLinks } from './change-links.ts';
import { changePrimaryGroup } from './change-primary-group.ts';
import { checkPassword, newPassword } from './change-password.ts';
import { locate } from './locate.ts';
import type { OperationContext } from './session.ts';
import { isRestoring, restoreObject } from './restore-object.ts';

/** Changes an object (RFC 4511 4.6): every change in order, all or nothing. Deleting the old value and adding the new in one request is a guard: it fails with 16
 * when the value is another one. What is already so is not counted as a change. Of a deleted object, which only who sees such can name, the request must be one to restore it. */
export function modify(context: OperationContext, name: string, changes: readonly WireChange[]): Answer {
  const { store, session } = context;
  checkBound(session.principal);
  const object = locate(store, name, hasControl(context.controls, 'showDeleted'));
  checkObjectWritable(context, object);
  transaction(store.database, () => {
    if (!isDeleted(object)) return change(context, object, changes);
    const restored = restoreObject(context, object, changes);
    return change(
      context,
      restored,
      changes.filter((item) => !isRestoring(item)),
    );
  });
  return { result: { code: 0 } };
}

function change(context: OperationContext, object: DirectoryObject, changes: readonly WireChange[]): void {
  const { store } = context;
  const draft = draftOf(context, object, changes);
  const haveLinksChanged = changes.map((item) => applyChange(context, object, draft, item)).includes(true);
  if (mandatory.some((name) => draft.touched.has(name) && draft.attributes[name] === undefined))
    throw adError('attributeNotAllowedOnClass');
  settleAccount(draft, store.now());
  if (draft.password !== undefined) checkPassword(draft.password, draft.attributes, changes.filter(isPasswordChange).length > 1);
  if (draft.touched.has('sAMAccountName') || draft.touched.has('userPrincipalName')) {
    checkAccountNames(store, draft.attributes, object.className === 'user', object.id);
  }
  if (draft.touched.has('primaryGroupID'))
    changePrimaryGroup(store, object, { from: primaryOf(object.attributes), to: primaryOf(draft.attributes) });
  const haveValuesChanged = JSON.stringify(draft.attributes) !== JSON.stringify(object.attributes);
  if (haveValuesChanged || draft.password !== undefined) store.objects.update(object.id, draft.attributes);
  else if (haveLinksChanged) store.objects.touch(object.id);
  if (draft.password !== undefined) store.passwords.set(object.id, draft.password);
}

function primaryOf(attributes: DirectoryObject['attributes']): string {
  return attributes['primaryGroupID']?.[0] ?? '';
}

function draftOf(context: OperationContext, object: DirectoryObject, changes: readonly WireChange[]): AccountDraft {
  const draft: AccountDraft = {
    className: object.className,
    attributes: { ...object.attributes },
    touched: new Set(),
    hadPassword: context.store.passwords.has(object.id),
    ...lastSetOf(object),
  };
  const password = newPassword(context, object, changes);
  return password === undefined ? draft : { ...draft, password };
}

function lastSetOf({ attributes }: DirectoryObject): Pick<AccountDraft, 'lastSet'> {
  const lastSet = attributes['pwdLastSet']?.[0];
  return lastSet === undefined ? {} : { lastSet };
}

function isPasswordChange(change: WireChange): boolean {
  return change.name.toLowerCase() === 'unicodepwd';
}

// True when a link changed; values are changed in the draft.
function applyChange(context: OperationContext, object: DirectoryObject, draft: AccountDraft, change: WireChange): boolean {
  const definition = writableDefinition(change.name, object.className);
  const isPermissive = hasControl(context.controls, 'permissiveModify');
  if (definition.syntax === 'link') return changeLinks(context.store, { source: object, definition, isPermissive }, change);
  if (isPasswordChange(change)) return false;
  draft.touched.add(definition.name);
  const values = changedValues(definition, draft.attributes[definition.name] ?? [], change, isPermissive);
  checkConstraints(definition, values);
  if (values.length > 0) draft.attributes[definition.name] = values;
  else delete draft.attributes[definition.name];
  return false;
}

const mandatory = ['sAMAccountName', 'userAccountControl', 'groupType'];

function changedValues(
  definition: AttributeDefinition,
  current: readonly string[],
  change: WireChange,
  isPermissive: boolean,
): readonly string[] {
  const values = decodeValues(definition, change.values);
  if (change.operation === 'replace') return values;
  const keyOf = (value: string) => matchKey(definition, value);
  const currentKeys = new Set(current.map(keyOf));
  if (change.operation === 'add') {
    const fresh = values.filter((value) => !currentKeys.has(keyOf(value)));
    if (values.length === 0) throw adError('protocolError');
    if (fresh.length < values.length && !isPermissive) throw attributeError('isPresent', definition.name);
    if (definition.isSingle && fresh.length > 0 && current.length > 0) throw attributeError('isPresent', definition.name);
    return [...current, ...fresh];
  }
  const gone = new Set(values.map(keyOf));
  const isAbsent = values.length === 0 ? current.length === 0 : values.some((value) => !currentKeys.has(keyOf(value)));
  if (isAbsent && !isPermissive) throw attributeError('isAbsent', definition.name);
  return values.length === 0 ? [] : current.filter((value) => !gone.has(keyOf(value)));
}
