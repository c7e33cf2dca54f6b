import { createHmac } from 'node:crypto';

const secret = 'sandbox-hr-secret';

/** The value of `Gatehouse-Signature` for a raw body posted at an instant (milliseconds): `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<raw body>">`. */
export function signEvent(body: string, at: number): string {
  const seconds = Math.floor(at / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
