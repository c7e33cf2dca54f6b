import {
  _encode_LDAPMessage,
  LDAPMessage,
  type LDAPMessage_protocolOp,
} from '@wildboar/ldap/src/lib/modules/Lightweight-Directory-Access-Protocol-V3/LDAPMessage.ta.js';
import { BindResponse } from '@wildboar/ldap/src/lib/modules/Lightweight-Directory-Access-Protocol-V3/BindResponse.ta.js';
import { Control } from '@wildboar/ldap/src/lib/modules/Lightweight-Directory-Access-Protocol-V3/Control.ta.js';
import { ExtendedResponse } from '@wildboar/ldap/src/lib/modules/Lightweight-Directory-Access-Protocol-V3/ExtendedResponse.ta.js';
import { LDAPResult } from '@wildboar/ldap/src/lib/modules/Lightweight-Directory-Access-Protocol-V3/LDAPResult.ta.js';
import { PartialAttribute } from '@wildboar/ldap/src/lib/modules/Lightweight-Directory-Access-Protocol-V3/PartialAttribute.ta.js';
import { SearchResultEntry } from '@wildboar/ldap/src/lib/modules/Lightweight-Directory-Access-Protocol-V3/SearchResultEntry.ta.js';
import { BERElement } from 'asn1-ts';
import type { LdapRequest } from './request.ts';
import type { Answer, Entry, LdapResult, ResponseControl } from './response.ts';

/** Encodes all messages that answer a request of this type, in the order in which they are sent. */
export function encodeAnswer(id: number, type: LdapRequest['type'], answer: Answer): Buffer {
  const entries = (answer.entries ?? []).map((entry) => encode(id, { searchResEntry: encodeEntry(entry) }));
  const references = (answer.references ?? []).map((uri) => encode(id, { searchResRef: [Buffer.from(uri)] }));
  return Buffer.concat([...entries, ...references, encode(id, encodeResult(type, answer), answer.controls)]);
}

/** Encodes the notice by which a server says that it will cut the connection (RFC 4511 4.4.1). */
export function encodeDisconnection(result: LdapResult): Buffer {
  return encodeAnswer(0, 'extended', { result, responseName: '1.3.6.1.4.1.1466.20036' });
}

function encode(id: number, op: LDAPMessage_protocolOp, controls: readonly ResponseControl[] = []): Uint8Array {
  const list = controls.map((control) => new Control(Buffer.from(control.oid), undefined, control.value));
  const message = new LDAPMessage(id, op, list.length === 0 ? undefined : list);
  return _encode_LDAPMessage(message, () => new BERElement()).toBytes();
}

function encodeEntry(entry: Entry): SearchResultEntry {
  const attributes = entry.attributes.map(({ name, values }) => new PartialAttribute(Buffer.from(name), [...values]));
  return new SearchResultEntry(Buffer.from(entry.dn), attributes);
}

function encodeResult(type: LdapRequest['type'], answer: Answer): LDAPMessage_protocolOp {
  const { code, matchedDn = '', message = '', referral } = answer.result;
  const referrals = referral === undefined ? undefined : [Buffer.from(referral)];
  const plain = new LDAPResult(code, Buffer.from(matchedDn), Buffer.from(message), referrals);
  switch (type) {
    case 'bind':
      return { bindResponse: new BindResponse(code, plain.matchedDN, plain.diagnosticMessage, referrals, undefined) };
    case 'search':
      return { searchResDone: plain };
    case 'add':
      return { addResponse: plain };
    case 'modify':
      return { modifyResponse: plain };
    case 'modifyDn':
      return { modDNResponse: plain };
    case 'delete':
      return { delResponse: plain };
    case 'compare':
      return { compareResponse: plain };
    case 'extended': {
      const name = answer.responseName === undefined ? undefined : Buffer.from(answer.responseName);
      return { extendedResp: new ExtendedResponse(code, plain.matchedDN, plain.diagnosticMessage, referrals, name, answer.responseValue) };
    }
  }
}
