import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signatureProblem } from '../../shared/operations/verify-signature.ts';
import { secret, sign } from './push-only.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const body = Buffer.from('{"id":"evt-1","name":"Zoë"}');
const minute = 60_000;

const check = (header: string | undefined, raw: Uint8Array = body): string | undefined => signatureProblem(header, raw, secret, now);

describe("A webhook's signature", () => {
  it('is good over the raw bytes, whichever way its parts are spaced and its digits are written', () => {
    const good = sign(body, now);
    const [time, digest] = good.split(',');
    expect(check(good)).toBeUndefined();
    expect(check(`${digest}, ${time}`)).toBeUndefined();
    expect(check(good.replace(/v1=.*/, (part) => `v1=${part.slice(3).toUpperCase()}`))).toBeUndefined();
  });

  it('is good up to five minutes before and after now, and no longer', () => {
    expect([-5, 5].map((minutes) => check(sign(body, now + minutes * minute)))).toEqual([undefined, undefined]);
    for (const away of [-5 * minute - 1000, 5 * minute + 1000]) expect(check(sign(body, now + away))).toContain('more than five minutes');
  });

  it('is refused when another secret, another time or another body was signed', () => {
    expect(check(sign(body, now, 'another'))).toContain('does not fit');
    expect(check(sign(body, now).replace(/t=\d+/, `t=${now / 1000 - 1}`))).toContain('does not fit');
    expect(check(sign(body, now), Buffer.from('{"id":"evt-1","name":"Zoe"}'))).toContain('does not fit');
    const withoutTime = createHmac('sha256', secret).update(body).digest('hex');
    expect(check(`t=${now / 1000},v1=${withoutTime}`)).toContain('does not fit');
  });

  it('is asked for where it is missing', () => {
    expect([check(undefined), check('')]).toEqual([
      'The header Gatehouse-Signature is missing.',
      'The header Gatehouse-Signature is missing.',
    ]);
  });

  it.each([
    'x',
    't=1',
    'v1=ab',
    't=now,v1=ab',
    `t=${now / 1000},v1=zz`,
    `t=${now / 1000},v1=`,
    `t=-1,v1=${'0'.repeat(64)}`,
    `t=1e3,v1=${'0'.repeat(64)}`,
    `t=${now / 1000},v1=${'0'.repeat(63)}`,
  ])('is explained where it cannot be read: %s', (header) => {
    expect(check(header)).toContain('t=<unix seconds>,v1=<hexadecimal HMAC-SHA256>');
  });

  it('is never taken for good, and never breaks anything, whatever is sent instead', () => {
    fc.assert(fc.property(fc.string(), (header) => check(header) !== undefined));
    fc.assert(fc.property(fc.stringMatching(/^t=\d{0,14},v1=[0-9a-f]{60,66}$/), (header) => check(header) !== undefined));
  });
});
