import { describe, expect, it } from 'vitest';
import { type Gatehouse, sign } from '../support/product.ts';
import { problemIn } from './problem.ts';

/** Two sources more, which differ in the addresses that they are heard from. */
export const knownSenders = `sources:
  walled:
    kind: csv
    mode: observe
    allow: [203.0.113.0/24, '2001:db8::/32']
    webhook: { secret: hr-generic }
  near:
    kind: csv
    mode: observe
    allow: [127.0.0.1]
    webhook: { secret: hr-generic }
`;

/** Webhooks of sources that are heard from known addresses only. */
export function sendersAreKnown(stage: () => Gatehouse): void {
  const body = 'workerId\n';
  const send = (path: string, headers: Record<string, string> = {}) =>
    stage().request(path, { method: 'POST', body, headers: { 'Gatehouse-Signature': sign(body, Date.now()), ...headers } });

  describe('A source with an allow list', () => {
    it('refuses an address that is not on it with 403 before it looks at anything, and says so in the log', async () => {
      for (const path of ['/api/hr/walled', '/api/hr/walled/csv']) {
        const { status, code, detail } = await problemIn(await send(path));
        expect([path, status, code]).toEqual([path, 403, 'forbidden']);
        expect(detail).toContain('The source “walled” is heard from known addresses only, and 127.0.0.1 is not one of them');
      }
      expect(stage().process.output()).toContain('"source":"walled","address":"127.0.0.1"');
    });

    it('is not deceived by what the sender writes into the header itself', async () => {
      for (const spoofed of ['203.0.113.7', '203.0.113.7:443, 203.0.113.8', '203.0.113.7,', ' 203.0.113.7 , ::1']) {
        expect([spoofed, (await send('/api/hr/walled/csv', { 'X-Forwarded-For': spoofed })).status]).toEqual([spoofed, 403]);
        expect([spoofed, (await send('/api/hr/near/csv', { 'X-Forwarded-For': spoofed })).status]).not.toEqual([spoofed, 403]);
      }
      const others = {
        'X-Azure-ClientIP': '203.0.113.7',
        'X-Client-IP': '203.0.113.7',
        'Client-IP': '203.0.113.7',
        Forwarded: 'for=203.0.113.7',
      };
      expect((await send('/api/hr/walled/csv', others)).status).toBe(403);
    });

    it('still wants a signature of an address that is on it, and does not mind where an operator calls from', async () => {
      const unsigned = await send('/api/hr/near/csv', { 'Gatehouse-Signature': 't=1,v1=00' });
      expect((await problemIn(unsigned)).code).toBe('signature-invalid');
      const authorization = `Bearer ${await stage().token({ client: 'operator' })}`;
      const byOperator = await stage().request('/api/hr/walled/csv', { method: 'POST', body, headers: { authorization } });
      expect(byOperator.status).not.toBe(403);
    });
  });
}
