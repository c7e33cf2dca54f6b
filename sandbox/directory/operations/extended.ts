import { adError } from '../ad-error.ts';
import { domain } from '../domain.ts';
import type { Answer } from '../protocol/response.ts';
import type { OperationContext } from './session.ts';

/** The names of the extended operations that the directory does: StartTLS (RFC 4511 4.14) and "Who am I?" (RFC 4532). */
export const extendedOids = { startTls: '1.3.6.1.4.1.1466.20037', whoAmI: '1.3.6.1.4.1.4203.1.11.3' } as const;

/** Answers an extended operation. StartTLS is only granted here; the connection does it once the answer is sent. */
export function extended(context: OperationContext, oid: string): Answer {
  const { principal, isEncrypted } = context.session;
  if (oid === extendedOids.startTls) {
    if (isEncrypted) throw adError('protocolError');
    return { result: { code: 0 }, responseName: oid };
  }
  if (oid !== extendedOids.whoAmI) throw adError('unknownExtendedOperation');
  return {
    result: { code: 0 },
    responseValue: Buffer.from(principal === undefined ? '' : `u:${domain.netbiosName}\\${principal.accountName}`),
  };
}
