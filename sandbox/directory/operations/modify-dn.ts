import { transaction } from '../../foundation/transaction.ts';
import { adError, attributeError } from '../ad-error.ts';
import { formatDn, parseDn, parseRdn, pathOf, type Rdn } from '../names/dn.ts';
import type { ModifyDnRequest } from '../protocol/request.ts';
import type { Answer } from '../protocol/response.ts';
import { checkBound, checkObjectWritable, checkPlaceWritable } from '../rules/rights.ts';
import { classDefinition } from '../schema/classes.ts';
import type { DirectoryObject } from '../store/directory-object.ts';
import type { DirectoryStore } from '../store/directory-store.ts';
import { findObject } from '../store/find-object.ts';
import { locate } from './locate.ts';
import type { OperationContext } from './session.ts';

/** Renames an object, moves it, or both (RFC 4511 4.9). It keeps its GUID, SID, links and subtree. A missing new parent gives 80, a name that is taken 68. */
export function modifyDn(context: OperationContext, request: ModifyDnRequest): Answer {
  const { store, session } = context;
  checkBound(session.principal);
  const object = locate(store, request.dn);
  checkObjectWritable(context, object);
  // Active Directory does not keep an old name as a value (MS-ADTS 3.1.1.5.4).
  if (!request.deleteOldRdn) throw adError('unwilling');
  const rdn = readRdn(object, request.newRdn);
  const parent = newParent(store, object, request.newSuperior);
  const path = parent.path + pathOf([rdn]);
  checkPlaceWritable(session.principal, path);
  checkPlace(store, object, parent, path);
  const name = { [rdn.type.toLowerCase()]: [rdn.value], name: [rdn.value] };
  transaction(store.database, () => {
    store.objects.rename(object, {
      dn: `${formatDn([rdn])},${parent.dn}`,
      path,
      parent: parent.id,
      attributes: { ...object.attributes, ...name },
    });
  });
  return { result: { code: 0 } };
}

function readRdn(object: DirectoryObject, text: string): Rdn {
  const dn = parseDn(text);
  const rdn = dn?.length === 1 ? parseRdn(text) : undefined;
  if (rdn === undefined) throw adError('badName', text);
  if (rdn.type !== classDefinition(object.className).rdnType) throw adError('namingViolation', text);
  if (rdn.value.length > 64) throw attributeError('isTooLong', rdn.type.toLowerCase());
  return rdn;
}

function newParent(store: DirectoryStore, object: DirectoryObject, name: string | undefined): DirectoryObject {
  const found = name === undefined ? store.objects.byId(object.parent ?? 0) : findObject(store, name);
  if (found === 'malformed') throw adError('badName', name);
  if (found === undefined) throw adError('moveTargetMissing');
  return found;
}

function checkPlace(store: DirectoryStore, object: DirectoryObject, parent: DirectoryObject, path: string): void {
  if (!classDefinition(parent.className).canHoldChildren) throw adError('namingViolation', parent.dn);
  if (parent.path.startsWith(object.path)) throw adError('unwilling');
  const there = store.objects.byPath(path);
  if (there !== undefined && there.id !== object.id) throw adError('entryExists');
}
