import { randomUUID } from 'node:crypto';
import { transaction } from '../../foundation/transaction.ts';
import { adError, attributeError } from '../ad-error.ts';
import { domain } from '../domain.ts';
import { formatDn, pathOf, type Dn, type Rdn } from '../names/dn.ts';
import type { WireAttribute } from '../protocol/request.ts';
import type { Answer } from '../protocol/response.ts';
import { settleAccount, type AccountDraft } from '../rules/account-draft.ts';
import { checkAccountNames } from '../rules/account-names.ts';
import { checkPlaceWritable } from '../rules/rights.ts';
import { checkConstraints, decodeValues, writableDefinition } from '../rules/write-values.ts';
import { attributeDefinition } from '../schema/attributes.ts';
import { categoryDn, classDefinition, classFromValues, type ClassName } from '../schema/classes.ts';
import type { DirectoryObject } from '../store/directory-object.ts';
import { changeLinks } from './change-links.ts';
import { checkPassword, readPassword } from './change-password.ts';
import { locate, readName } from './locate.ts';
import type { OperationContext } from './session.ts';

/** Creates an object (RFC 4511 4.7) with everything that Active Directory gives it: GUID, SID, class chain, account defaults. All or nothing. */
export function add(context: OperationContext, name: string, attributes: readonly WireAttribute[]): Answer {
  const { store, session } = context;
  const dn = readName(name);
  checkPlaceWritable(session.principal, pathOf(dn));
  const parent = locate(store, formatDn(dn.slice(1)));
  const className = readClass(attributes);
  const rdn = checkName(dn, className, parent);
  if (store.objects.byPath(pathOf(dn)) !== undefined) throw adError('entryExists');
  const draft = draftOf(
    context,
    className,
    attributes.filter((attribute) => !isNaming(attribute, rdn)),
  );
  transaction(store.database, () => create(context, { dn, rdn, parent, draft, links: attributes }));
  return { result: { code: 0 } };
}

function readClass(attributes: readonly WireAttribute[]): ClassName {
  const values = attributes.filter((attribute) => attribute.name.toLowerCase() === 'objectclass').flatMap((attribute) => attribute.values);
  const className = classFromValues(values.map((value) => value.toString('utf8')));
  if (className === undefined || !classDefinition(className).isCreatable) throw adError('attributeNotAllowedOnClass');
  return className;
}

function checkName(dn: Dn, className: ClassName, parent: DirectoryObject): Rdn {
  const [rdn] = dn;
  if (rdn === undefined || rdn.type !== classDefinition(className).rdnType) throw adError('namingViolation', formatDn(dn));
  if (!classDefinition(parent.className).canHoldChildren) throw adError('namingViolation', formatDn(dn));
  if (rdn.value.length > 64) throw attributeError('isTooLong', rdn.type.toLowerCase());
  return rdn;
}

// What repeats the object's name or class is no attribute to store; a different name is refused below, as one that cannot be written.
function isNaming(attribute: WireAttribute, rdn: Rdn): boolean {
  const name = attribute.name.toLowerCase();
  return (
    name === 'objectclass' || (name === rdn.type.toLowerCase() && attribute.values.every((value) => value.toString('utf8') === rdn.value))
  );
}

function draftOf(context: OperationContext, className: ClassName, attributes: readonly WireAttribute[]): AccountDraft {
  const draft: AccountDraft = { className, attributes: {}, touched: new Set(), hadPassword: false };
  for (const attribute of attributes) {
    const definition = writableDefinition(attribute.name, className);
    draft.touched.add(definition.name);
    if (definition.name === 'unicodePwd') draft.password = readPassword(context, attribute.values);
    else if (definition.syntax !== 'link') {
      const values = decodeValues(definition, attribute.values);
      checkConstraints(definition, values);
      draft.attributes[definition.name] = values;
    }
  }
  settleAccount(draft, context.store.now());
  if (draft.password !== undefined) checkPassword(draft.password, draft.attributes, false);
  return draft;
}

type NewEntry = {
  readonly dn: Dn;
  readonly rdn: Rdn;
  readonly parent: DirectoryObject;
  readonly draft: AccountDraft;
  readonly links: readonly WireAttribute[];
};

function create(context: OperationContext, entry: NewEntry): void {
  const { store } = context;
  const { rdn, parent, draft } = entry;
  checkAccountNames(store, draft.attributes, draft.className === 'user');
  const definition = classDefinition(draft.className);
  const object = store.objects.insert({
    guid: randomUUID(),
    dn: `${formatDn([rdn])},${parent.dn}`,
    path: pathOf(entry.dn),
    parent: parent.id,
    className: draft.className,
    attributes: {
      ...draft.attributes,
      objectClass: definition.chain,
      objectCategory: [categoryDn(draft.className)],
      instanceType: ['4'],
      [rdn.type.toLowerCase()]: [rdn.value],
      name: [rdn.value],
      ...(definition.isAccount ? { objectSid: [`${domain.sid}-${store.counters.next('rid')}`] } : {}),
    },
  });
  for (const link of entry.links) {
    const linkDefinition = attributeDefinition(link.name);
    if (linkDefinition?.syntax === 'link')
      changeLinks(store, { source: object, definition: linkDefinition, isPermissive: false }, { ...link, operation: 'add' });
  }
  if (draft.password !== undefined) store.passwords.set(object.id, draft.password);
}
