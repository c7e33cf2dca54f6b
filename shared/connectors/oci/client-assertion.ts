import { randomUUID } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { SigningKey } from '../../ports/signing-key.ts';

/** The audience of every identity domain (https://docs.oracle.com/en-us/iaas/Content/Identity/api-getstarted/ClientAssertion.htm). */
const audience = 'https://identity.oraclecloud.com/';
const lifetimeSeconds = 300;

/** A new assertion by which the client proves itself (RFC 7523 section 3): of its own, for identity domains, good for five minutes of the wall clock, and never the same twice. */
export function clientAssertion(clientId: string, key: SigningKey, clock: Clock): Promise<string> {
  const iat = Math.floor(clock.now() / 1000);
  return key.sign({ iss: clientId, sub: clientId, aud: audience, iat, exp: iat + lifetimeSeconds, jti: randomUUID() });
}
