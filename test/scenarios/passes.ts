import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Gatehouse } from '../support/product.ts';
import { accountsOf } from './accounts.ts';
import { runsOf, stepsOf } from './runs.ts';

const audit = z.object({ rows: z.array(z.object({ action: z.string(), actor: z.string() })) });
const manager = 'charlotte.ashworth-pryce@contoso.example';

/** The pass of the contractor 21001, whose manager is 10019. */
export function passesAreShownOnce(stage: () => Gatehouse): void {
  describe('The pass of a new colleague', () => {
    const path = async (): Promise<string> => {
      const [run] = await runsOf(stage(), '21001');
      const { steps } = await stepsOf(stage(), run?.id ?? '');
      return `/passes/${steps.find(({ stepId }) => stepId === 'pass')?.changes[0]?.changeId ?? ''}`;
    };
    const as = async (user: string, method = 'GET'): Promise<Response> => {
      const whose = user.includes('@') ? { user } : { client: user };
      return stage().request(await path(), { method, headers: { Authorization: `Bearer ${await stage().token(whose)}` } });
    };

    it('is behind the sign-in page for somebody who is not signed in', async () => {
      const address = await path();
      for (const method of ['GET', 'POST']) {
        const response = await stage().request(address, { method });
        expect([response.status, response.headers.get('location')]).toEqual([
          303,
          `/console/sign-in?returnTo=${encodeURIComponent(address)}`,
        ]);
      }
    });

    it('is refused to another manager, to a colleague, to a reader and to the operators', async () => {
      for (const who of ['margarida.vasconcelos@contoso.example', 'rafael.pena@contoso.example', 'reader', 'operator', 'admin']) {
        expect((await as(who, 'GET')).status, who).toBe(403);
        expect((await as(who, 'POST')).status, who).toBe(403);
      }
    });

    it('is shown to the manager once and never again', async () => {
      expect((await accountsOf(stage(), '10019')).entra?.userPrincipalName).toBe(manager);
      const secrets = z.array(z.object({ kind: z.string(), value: z.string() })).parse(await stage().world.get('/secrets'));
      const shows = (page: string): number => secrets.filter(({ value }) => page.includes(value)).length;

      const offered = await as(manager);
      expect([offered.status, shows(await offered.text())]).toEqual([200, 0]);
      const shown = await as(manager, 'POST');
      expect([shown.status, shown.headers.get('cache-control'), shows(await shown.text())]).toEqual([200, 'no-store', 1]);
      const again = await as(manager, 'POST');
      expect([again.status, shows(await again.text())]).toEqual([404, 0]);
      const looked = await as(manager);
      expect(await looked.text()).toContain('shown already');
    });

    it('leaves a line in the audit that says who saw it', async () => {
      const { rows } = audit.parse(await stage().product.ask('/api/audit?person=21001'));
      expect(rows.filter(({ action }) => action === 'pass.shown').map(({ actor }) => actor)).toEqual([
        `token:${(await accountsOf(stage(), '10019')).entra?.id ?? ''}`,
      ]);
    });

    it('that does not exist is not found, for the manager too', async () => {
      const token = await stage().token({ user: manager });
      expect((await stage().request('/passes/nope', { headers: { Authorization: `Bearer ${token}` } })).status).toBe(404);
    });
  });
}
