import { createHmac, timingSafeEqual } from 'node:crypto';

/** The two headers of a signed webhook. */
export type BambooHrSignature = { readonly signature: string | undefined; readonly timestamp: string | undefined };

/** How far the time of sending may be from ours. */
const toleranceMs = 5 * 60_000;

/**
 * Whether a webhook of BambooHR is signed: `X-BambooHR-Signature` is the hexadecimal HMAC-SHA256, under the webhook's private key, of the raw body directly followed by the text
 * of `X-BambooHR-Timestamp` (https://documentation.bamboohr.com/docs/webhooks, Security), which is in seconds since the epoch or an instant, and within five minutes of now.
 * Compared in constant time. Answers in words what is wrong with it, or undefined where it is good.
 */
export function bambooHrSignatureProblem(
  { signature, timestamp }: BambooHrSignature,
  rawBody: Uint8Array,
  secret: string,
  now: number,
): string | undefined {
  if (signature === undefined || timestamp === undefined || signature === '' || timestamp === '')
    return 'The headers X-BambooHR-Signature and X-BambooHR-Timestamp are needed: give the webhook a private key in BambooHR.';
  const sentAt = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : Date.parse(timestamp);
  if (!Number.isFinite(sentAt)) return 'The header X-BambooHR-Timestamp is no time: seconds since the epoch, or an instant.';
  if (Math.abs(now - sentAt) > toleranceMs)
    return `The webhook was signed more than five minutes from now (${new Date(now).toISOString()}): it is a repetition, or a clock is wrong.`;
  const expected = createHmac('sha256', secret).update(rawBody).update(timestamp).digest();
  const given = Buffer.from(/^[0-9a-f]{64}$/i.test(signature) ? signature : '', 'hex');
  const isGood = given.length === expected.length && timingSafeEqual(given, expected);
  return isGood
    ? undefined
    : 'The signature does not fit the body and its time: check that the source’s secret is the webhook’s private key.';
}
