import {
  _decode_LDAPMessage,
  type LDAPMessage_protocolOp,
} from '@wildboar/ldap/src/lib/modules/Lightweight-Directory-Access-Protocol-V3/LDAPMessage.ta.js';
import type { Control } from '@wildboar/ldap/src/lib/modules/Lightweight-Directory-Access-Protocol-V3/Control.ta.js';
import type { PartialAttribute } from '@wildboar/ldap/src/lib/modules/Lightweight-Directory-Access-Protocol-V3/PartialAttribute.ta.js';
import { BERElement } from 'asn1-ts';
import { decodeFilter } from './decode-filter.ts';
import type { LdapMessage, RequestControl, WireAttribute, WireChange } from './request.ts';

/** Decodes one LDAPMessage (RFC 4511 4.1.1) that a client sent. Throws when the bytes are not one, or are a message that only servers send. */
export function decodeMessage(bytes: Uint8Array): LdapMessage {
  const element = new BERElement();
  element.fromBytes(bytes);
  const message = _decode_LDAPMessage(element);
  return {
    id: Number(message.messageID),
    request: decodeOperation(message.protocolOp),
    controls: (message.controls ?? []).map(decodeControl),
  };
}

function decodeOperation(op: LDAPMessage_protocolOp): LdapMessage['request'] {
  if ('searchRequest' in op) return decodeSearch(op.searchRequest);
  if ('bindRequest' in op) return decodeBind(op.bindRequest);
  if ('addRequest' in op)
    return { type: 'add', dn: textOf(op.addRequest.entry), attributes: op.addRequest.attributes.map(decodeAttribute) };
  if ('modifyRequest' in op) return decodeModify(op.modifyRequest);
  if ('modDNRequest' in op) return decodeModifyDn(op.modDNRequest);
  if ('delRequest' in op) return { type: 'delete', dn: textOf(op.delRequest) };
  if ('compareRequest' in op) {
    const { entry, ava } = op.compareRequest;
    return { type: 'compare', dn: textOf(entry), attribute: textOf(ava.attributeDesc), value: Buffer.from(ava.assertionValue) };
  }
  if ('extendedReq' in op) return { type: 'extended', oid: textOf(op.extendedReq.requestName) };
  if ('unbindRequest' in op) return { type: 'unbind' };
  if ('abandonRequest' in op) return { type: 'abandon', id: Number(op.abandonRequest) };
  throw new Error('The message is not a request.');
}

type Operation<Name extends string> = Extract<LDAPMessage_protocolOp, Record<Name, unknown>>[Name &
  keyof Extract<LDAPMessage_protocolOp, Record<Name, unknown>>];

function decodeBind(bind: Operation<'bindRequest'>): LdapMessage['request'] {
  const { name, authentication } = bind;
  return { type: 'bind', name: textOf(name), password: 'simple' in authentication ? Buffer.from(authentication.simple) : undefined };
}

function decodeSearch(search: Operation<'searchRequest'>): LdapMessage['request'] {
  const scope = Number(search.scope);
  if (scope !== 0 && scope !== 1 && scope !== 2) throw new Error('The search has an unknown scope.');
  return {
    type: 'search',
    base: textOf(search.baseObject),
    scope,
    sizeLimit: Number(search.sizeLimit),
    typesOnly: search.typesOnly,
    filter: decodeFilter(search.filter),
    attributes: search.attributes.map(textOf),
  };
}

function decodeModify(modify: Operation<'modifyRequest'>): LdapMessage['request'] {
  const changes = modify.changes.map((change): WireChange => {
    const operation = modifyOperations[Number(change.operation)];
    if (operation === undefined) throw new Error('The modify request has an unknown operation.');
    return { operation, ...decodeAttribute(change.modification) };
  });
  return { type: 'modify', dn: textOf(modify.object), changes };
}

const modifyOperations = ['add', 'delete', 'replace'] as const;

function decodeModifyDn(rename: Operation<'modDNRequest'>): LdapMessage['request'] {
  return {
    type: 'modifyDn',
    dn: textOf(rename.entry),
    newRdn: textOf(rename.newrdn),
    deleteOldRdn: rename.deleteoldrdn,
    newSuperior: rename.newSuperior === undefined ? undefined : textOf(rename.newSuperior),
  };
}

function decodeAttribute(attribute: PartialAttribute): WireAttribute {
  return { name: textOf(attribute.type_), values: attribute.vals.map((value) => Buffer.from(value)) };
}

function decodeControl(control: Control): RequestControl {
  return { oid: textOf(control.controlType), isCritical: control.criticality ?? false, value: Buffer.from(control.controlValue ?? []) };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
