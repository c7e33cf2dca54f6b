import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Gatehouse, until } from '../support/product.ts';
import { accountsOf, sentMails } from './accounts.ts';
import { runsOf, stepsOf, untilRun } from './runs.ts';
import { hrTrace } from './telemetry.ts';
import { contractor, dayIn } from './workers.ts';

const entraGroup = (last: string): string => `a1000000-0000-4000-8000-0000000000${last}`;
const counters = z.record(z.string(), z.object({ writes: z.number() }));
const folded = z.object({ counts: z.object({ folded: z.number(), received: z.number() }) });

/** The example event of the design (section 9), with the hire date today. */
function zoe(): object {
  return {
    id: 'evt-0001',
    occurredAt: '2026-01-02T08:00:00Z',
    worker: {
      workerId: '10042',
      status: 'active',
      workerType: 'employee',
      name: { given: 'Zoë', family: "O'Brien", preferred: 'Zoe' },
      personalEmail: 'zoe@example.net',
      jobTitle: 'Engineer',
      jobCode: 'ENG2',
      department: 'Platform',
      costCenter: 'CC-100',
      company: 'Contoso',
      division: 'R&D',
      location: { code: 'LIS', city: 'Lisbon', country: 'PT' },
      managerId: '10001',
      hireDate: dayIn('Europe/Lisbon'),
      lastDay: null,
      timeZone: 'Europe/Lisbon',
      phone: '+351 210 000 000',
      custom: {},
    },
  };
}

/** Hires that go as planned, judged by what the systems hold. */
export function hiresAreCarriedOut(stage: () => Gatehouse): void {
  describe('A hire', () => {
    it('of an employee becomes one account each in AD, Entra and OCI, with manager, groups and licence, open on the day', async () => {
      const traceparent = `00-${hrTrace.traceId}-${hrTrace.spanId}-01`;
      expect((await stage().deliver(zoe(), 'generic', { traceparent })).status).toBe(202);
      const run = await untilRun(stage(), '10042', 'done');
      expect((await stepsOf(stage(), run.id)).steps.every(({ state, gaps }) => state === 'done' && gaps === 0)).toBe(true);
      const found = await accountsOf(stage(), '10042');
      const upn = 'zoe.obrien@contoso.example';
      expect(found.counts).toEqual({ ad: 1, entra: 1, oci: 1 });
      expect(found.ad).toMatchObject({
        dn: "CN=Zoe O'Brien,OU=PT,OU=People,DC=corp,DC=contoso,DC=example",
        groups: ['GG-Office-LIS', 'GG-Platform', 'GG-Staff'],
        isEnabled: true,
        upn,
        sam: 'zoe.obrien',
        managerDn: 'CN=Margarida Vasconcelos,OU=PT,OU=People,DC=corp,DC=contoso,DC=example',
      });
      expect(found.entra).toMatchObject({
        userPrincipalName: upn,
        mail: upn,
        accountEnabled: true,
        onPremisesSyncEnabled: true,
        licences: ['05e9a617-0261-4cee-bb44-138d3ef5d965'],
      });
      expect(found.entra?.groups).toEqual(['01', '03', '08', '0d'].map(entraGroup));
      expect(found.entra?.manager).toBe((await accountsOf(stage(), '10001')).entra?.id);
      expect(found.oci).toMatchObject({
        userName: upn,
        isActive: true,
        groups: ['OCI Developers', 'OCI Staff'],
        managerId: (await accountsOf(stage(), '10001')).oci?.id,
      });
      expect(found.contact).toEqual({ email: upn, userPrincipalName: upn });
      expect(found.passes).toEqual([{ startsAt: expect.any(String), minutes: 1440, isUsableOnce: true }]);
    });

    it('tells the manager where the pass is and never the code, and welcomes each once', async () => {
      const mails = (await sentMails(stage())).filter(
        ({ to, content }) => to.includes('margarida.vasconcelos@contoso.example') || content.includes('zoe.obrien'),
      );
      const shown = mails.map(({ to, subject }) => `${subject} → ${to.join(', ')}`).toSorted();
      expect(shown).toEqual([
        'A sign-in pass for your new colleague → margarida.vasconcelos@contoso.example',
        "Welcome, Zoe O'Brien → zoe.obrien@contoso.example",
        "Zoe O'Brien is ready to start → margarida.vasconcelos@contoso.example",
      ]);
      const secrets = z.array(z.object({ value: z.string() })).parse(await stage().world.get('/secrets'));
      expect(secrets.filter(({ value }) => mails.some(({ content }) => content.includes(value)))).toEqual([]);
    });

    it('that is told again is answered 200 and changes nothing in any system', async () => {
      const before = counters.parse(await stage().world.get('/counters'));
      const repeated = await stage().deliver(zoe());
      expect(repeated.status).toBe(200);
      expect(await repeated.json()).toMatchObject({ id: 'evt-0001', status: 'duplicate' });
      await passTime(stage());
      const writes = (all: z.infer<typeof counters>) => Object.entries(all).map(([system, { writes: count }]) => [system, count]);
      expect(writes(counters.parse(await stage().world.get('/counters')))).toEqual(writes(before));
      expect(await runsOf(stage(), '10042')).toHaveLength(1);
    });

    it('of a contractor becomes cloud accounts alone, with the groups and licence of contractors', async () => {
      await stage().tell(contractor('21001', { name: { given: 'Luísa', family: 'Prado' } }));
      await untilRun(stage(), '21001', 'done');
      const found = await accountsOf(stage(), '21001');
      expect(found.counts).toEqual({ ad: 0, entra: 1, oci: 1 });
      expect(found.entra).toMatchObject({
        userPrincipalName: 'luisa.prado@contoso.example',
        accountEnabled: true,
        onPremisesSyncEnabled: null,
        licences: ['66b55226-6b4f-492c-910c-a3b7a3c9d993'],
      });
      expect(found.entra?.groups).toEqual(['02', '04', '09'].map(entraGroup));
      expect(found.entra?.manager).toBe((await accountsOf(stage(), '10019')).entra?.id);
      expect(found.oci).toMatchObject({ userName: 'luisa.prado@contoso.example', isActive: true, groups: ['OCI Staff'] });
      expect(found.contact?.email).toBe('luisa.prado@contoso.example');
      expect(found.passes).toHaveLength(1);
    });
  });
}

/** Until everything that was told before has been worked on: an event that was told after it is folded, and the timers have run. */
async function passTime(gatehouse: Gatehouse): Promise<void> {
  const count = async (): Promise<number> => folded.parse(await gatehouse.product.ask('/api/events')).counts.folded;
  const before = await count();
  const known = await gatehouse.world.get('/state/hr');
  const worker = z
    .object({ workers: z.array(z.looseObject({ workerId: z.string() })) })
    .parse(known)
    .workers.find(({ workerId }) => workerId === '10041');
  if (worker === undefined) throw new Error('The company has no worker 10041.');
  const { revision: _, updatedAt: __, ...fields } = worker;
  await gatehouse.tell(fields);
  await gatehouse.runTimer('relay-leftovers');
  await gatehouse.runTimer('start-due-runs');
  await until('a later event is folded', async () => (await count()) > before);
}
