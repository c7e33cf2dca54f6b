import { ASN1Construction, ASN1TagClass, ASN1UniversalType, BERElement } from 'asn1-ts';
import { adError } from '../ad-error.ts';
import type { RequestControl } from './request.ts';
import type { ResponseControl } from './response.ts';

/** The controls that the directory knows (MS-ADTS 3.1.1.3.4.1). */
export const controlOids = {
  pagedResults: '1.2.840.113556.1.4.319',
  showDeleted: '1.2.840.113556.1.4.417',
  treeDelete: '1.2.840.113556.1.4.805',
  domainScope: '1.2.840.113556.1.4.1339',
  permissiveModify: '1.2.840.113556.1.4.1413',
} as const;

/** A page that is asked for: how many entries, and where the page before ended. */
export type Paging = { readonly size: number; readonly cookie: Buffer };

/** Refuses a request with a critical control that the directory does not know (RFC 4511 4.1.11). */
export function checkControls(controls: readonly RequestControl[]): void {
  const known: readonly string[] = Object.values(controlOids);
  if (controls.some((control) => control.isCritical && !known.includes(control.oid))) throw adError('unknownCriticalControl');
}

/** True when the control was sent. */
export function hasControl(controls: readonly RequestControl[], name: keyof typeof controlOids): boolean {
  return controls.some((control) => control.oid === controlOids[name]);
}

/** Reads the paged results control (RFC 2696), or gives undefined when it was not sent. */
export function readPaging(controls: readonly RequestControl[]): Paging | undefined {
  const control = controls.find((item) => item.oid === controlOids.pagedResults);
  if (control === undefined) return undefined;
  try {
    const element = new BERElement();
    element.fromBytes(control.value);
    const [size, cookie] = element.sequence;
    return { size: Number(size?.integer ?? 0), cookie: Buffer.from(cookie?.octetString ?? []) };
  } catch {
    throw adError('protocolError');
  }
}

/** Makes the answer to a paged search; an empty cookie says that this was the last page. The total is given as 0, which means unknown. */
export function pagingAnswer(cookie: Buffer): ResponseControl {
  const total = new BERElement(ASN1TagClass.universal, ASN1Construction.primitive, ASN1UniversalType.integer, 0);
  const next = new BERElement(ASN1TagClass.universal, ASN1Construction.primitive, ASN1UniversalType.octetString, new Uint8Array(cookie));
  const sequence = BERElement.fromSequence([total, next]);
  return { oid: controlOids.pagedResults, value: Buffer.from(sequence.toBytes()) };
}
