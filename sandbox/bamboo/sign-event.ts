import { createHmac } from 'node:crypto';

const secret = 'sandbox-bamboo-webhook-secret';

/** The headers that go with an event posted at an instant (milliseconds): the time in whole seconds since 1970, and the hexadecimal HMAC-SHA256 of the raw body followed by
 * that time (https://documentation.bamboohr.com/docs/webhooks, Security). */
export function signatureHeaders(body: string, at: number): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1000));
  const signature = createHmac('sha256', secret).update(`${body}${timestamp}`).digest('hex');
  return { 'X-BambooHR-Signature': signature, 'X-BambooHR-Timestamp': timestamp };
}
