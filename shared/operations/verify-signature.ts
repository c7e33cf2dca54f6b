import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the sender's clock may be from ours. */
const toleranceSeconds = 300;

/**
 * Whether a webhook's signature is good: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<raw body>">`, within five minutes of now. Compared in constant
 * time. Answers in words what is wrong with it, or undefined where it is good.
 */
export function signatureProblem(header: string | undefined, rawBody: Uint8Array, secret: string, now: number): string | undefined {
  if (header === undefined || header === '') return 'The header Gatehouse-Signature is missing.';
  const { time, signature } = parse(header);
  if (time === undefined || signature === undefined)
    return 'The header Gatehouse-Signature must be “t=<unix seconds>,v1=<hexadecimal HMAC-SHA256>”.';
  if (Math.abs(now / 1000 - time) > toleranceSeconds) {
    return `The signature's time is more than five minutes from now (${new Date(now).toISOString()}): check the sender's clock, or sign again.`;
  }
  const expected = createHmac('sha256', secret).update(`${time}.`).update(rawBody).digest();
  const given = Buffer.from(signature, 'hex');
  const isGood = given.length === expected.length && timingSafeEqual(given, expected);
  return isGood ? undefined : 'The signature does not fit the body: sign the raw bytes with the source’s secret.';
}

function parse(header: string): { readonly time: number | undefined; readonly signature: string | undefined } {
  const parts = new Map(
    header.split(',').map((part) => [part.slice(0, part.indexOf('=')).trim(), part.slice(part.indexOf('=') + 1).trim()]),
  );
  const time = parts.get('t');
  const signature = parts.get('v1');
  return {
    time: time !== undefined && /^\d{1,12}$/.test(time) ? Number(time) : undefined,
    signature: signature !== undefined && /^[0-9a-fA-F]{64}$/.test(signature) ? signature : undefined,
  };
}
