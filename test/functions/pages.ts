import { describe, expect, it } from 'vitest';
import type { Gatehouse } from '../support/product.ts';

const elsewhere = [
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\\/evil.example',
  '\\\\evil.example',
  'javascript:alert(1)',
  '/%2f%2fevil.example',
  '/console\r\nSet-Cookie: a=b',
  ' //evil.example',
  '/\t/evil.example',
  'console/runs',
  '',
];

/** The console: who gets in, and what a browser is told about its pages. */
export function pagesAreGuarded(stage: () => Gatehouse): void {
  const signIn = (form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
    stage().request('/console/sign-in', { method: 'POST', body: new URLSearchParams(form), headers });
  const cookieOf = (response: Response): string => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

  describe('Signing in to the console', () => {
    it('with a good token sets a cookie that scripts and other sites do not get, and goes on', async () => {
      const response = await signIn({ token: ` ${await stage().token({ client: 'reader' })}\n`, returnTo: '/console/holds' });
      expect([response.status, response.headers.get('location')]).toEqual([303, '/console/holds']);
      const attributes = (response.headers.get('set-cookie') ?? '')
        .split(';')
        .slice(1)
        .map((part) => part.trim().toLowerCase());
      expect(attributes).toEqual(expect.arrayContaining(['httponly', 'samesite=strict', 'path=/']));
      expect(attributes.some((part) => part.startsWith('domain'))).toBe(false);
      const page = await stage().request('/console/runs', { headers: { Cookie: `theme=dark; ${cookieOf(response)}` } });
      expect(page.status).toBe(200);
    });

    it('with a wrong token is refused, sets no cookie and does not repeat the token', async () => {
      for (const token of ['', 'wrong-token-123', '<script>alert(1)</script>']) {
        const response = await signIn({ token, returnTo: '/console/runs' });
        expect([response.status, response.headers.get('set-cookie')]).toEqual([401, null]);
        const page = await response.text();
        expect(page).not.toMatch(/wrong-token-123|<script/);
      }
      const page = await stage().request('/console/runs', { headers: { Cookie: 'gatehouse-token=wrong' } });
      expect(page.status).toBe(303);
    });

    it('is not asked of who comes with the token of a front that signed them in, which is validated like any other', async () => {
      const from = (token: string) => stage().request('/console/runs', { headers: { 'X-MS-TOKEN-AAD-ID-TOKEN': token } });
      expect((await from(await stage().token({ client: 'reader' }))).status).toBe(200);
      expect((await from('a.b.c')).status).toBe(303);
      const api = { 'X-MS-TOKEN-AAD-ID-TOKEN': await stage().token({ client: 'reader' }) };
      expect((await stage().request('/api/runs', { headers: api })).status).toBe(401);
    });

    it('never leads to another site', async () => {
      const token = await stage().token({ client: 'reader' });
      for (const returnTo of elsewhere) {
        expect([returnTo, (await signIn({ token, returnTo })).headers.get('location')]).toEqual([returnTo, '/console/runs']);
        const form = await (await stage().request(`/console/sign-in?returnTo=${encodeURIComponent(returnTo)}`)).text();
        expect(/name="returnTo" value="([^"]*)"/.exec(form)?.[1], returnTo).toBe('/console/runs');
      }
    });

    it('ends with signing out', async () => {
      const response = await stage().request('/console/sign-out', { method: 'POST' });
      expect([response.status, response.headers.get('location'), cookieOf(response)]).toEqual([
        303,
        '/console/sign-in',
        'gatehouse-token=',
      ]);
      expect(response.headers.get('set-cookie')).toMatch(/Max-Age=0/i);
    });
  });

  describe('A form', () => {
    it('that another site posts is refused', async () => {
      const token = await stage().token({ client: 'reader' });
      for (const site of ['cross-site', 'same-site']) {
        for (const path of ['/console/sign-in', '/console/sign-out', '/passes/some-pass']) {
          const response = await stage().request(path, {
            method: 'POST',
            body: new URLSearchParams({ token }),
            headers: { 'Sec-Fetch-Site': site, Authorization: `Bearer ${token}` },
          });
          expect([path, site, response.status, response.headers.get('set-cookie')]).toEqual([path, site, 403, null]);
        }
      }
      expect((await signIn({ token }, { 'Sec-Fetch-Site': 'same-origin' })).status).toBe(303);
    });
  });

  describe('Every page', () => {
    it('forbids scripts, frames and strangers, and is kept by no cache, also when it says that something is wrong', async () => {
      const headers = { Authorization: `Bearer ${await stage().token({ client: 'reader' })}` };
      const statuses: Record<string, number> = {
        '/console/runs': 200,
        '/console/holds': 200,
        '/console/audit': 200,
        '/console/audit?person=10001': 200,
        '/console/people/10001': 200,
        '/console/sign-in': 200,
        '/console/people/nobody': 404,
        '/console/runs/nope': 404,
        '/console/runs?state=nonsense': 400,
        '/passes/nope': 404,
      };
      for (const [path, status] of Object.entries(statuses)) {
        const response = await stage().request(path, { headers });
        expect([path, response.status]).toEqual([path, status]);
        const policy = response.headers.get('content-security-policy') ?? '';
        expect(
          policy.split(';').map((part) => part.trim()),
          path,
        ).toEqual(expect.arrayContaining(["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]));
        expect(policy).not.toMatch(/unsafe|script-src|\*/);
        expect([response.headers.get('cache-control'), response.headers.get('x-content-type-options')]).toEqual(['no-store', 'nosniff']);
        expect(await response.text()).not.toMatch(/<script|\son\w+=|javascript:/i);
      }
    });

    it('shows what HR sent as text, whatever it looks like', async () => {
      const name = { given: '<img src=x onerror=alert(1)>', family: '"><script>alert(2)</script>' };
      await stage().tell({
        workerId: '39201',
        status: 'active',
        workerType: 'contractor',
        name,
        hireDate: '2099-01-01',
        department: '<b>Sales</b>',
        timeZone: 'Europe/Lisbon',
      });
      const headers = { Authorization: `Bearer ${await stage().token({ client: 'reader' })}` };
      const pages = async (): Promise<string> =>
        (await (await stage().request('/console/runs', { headers })).text()) +
        (await (await stage().request('/console/people/39201', { headers })).text());
      await expect.poll(pages, { timeout: 30_000 }).toContain('&lt;img src=x onerror=alert(1)&gt;');
      const shown = await pages();
      expect(shown).not.toMatch(/<img|<script|<b>Sales/);
    });
  });
}
