import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:tls';
import type { Expiries, Expiry } from '../../ports/expiries.ts';

/** A controller's address, and the CA that its certificate is checked with. */
export type ControllerCertificate = { readonly url: string; readonly caFile: string | undefined };

/**
 * When the certificate of a domain controller ends, seen in a TLS handshake with it (https://nodejs.org/docs/latest-v24.x/api/tls.html#tlssocketgetpeercertificatedetailed). Only of `ldaps://`: under
 * StartTLS it is shown only within the LDAP connection.
 */
export function controllerCertificates(controllers: readonly ControllerCertificate[]): Expiries {
  const direct = controllers.filter(({ url }) => /^ldaps:/i.test(url));
  return { where: 'the domain controllers', list: (signal) => Promise.all(direct.map((one) => certificateOf(one, signal))) };
}

async function certificateOf({ url, caFile }: ControllerCertificate, signal: AbortSignal): Promise<Expiry> {
  const { hostname, port } = new URL(url);
  const ca = caFile === undefined ? {} : { ca: await readFile(caFile) };
  // An end that has come is to be told, and not to end the handshake that tells it. Nothing is sent.
  const servername = /^[\d.]+$|^\[/.test(hostname) ? {} : { servername: hostname };
  const socket = connect({ host: hostname, port: Number(port === '' ? 636 : port), rejectUnauthorized: false, ...servername, ...ca });
  try {
    await once(socket, 'secureConnect', { signal });
    return { what: `The certificate of the domain controller ${hostname}`, expiresAt: Date.parse(socket.getPeerCertificate().valid_to) };
  } finally {
    socket.destroy();
  }
}
