import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { historiesReplay } from '../replay/histories.ts';
import { type Gatehouse, startGatehouse, until } from '../support/product.ts';
import { accountsOf, sentMails } from './accounts.ts';
import { runsOf, untilRun } from './runs.ts';
import { contractor, dayIn, employee, zoneOf } from './workers.ts';

const health = z.object({ dependencies: z.array(z.object({ name: z.string(), lastSuccessAt: z.string().nullable() })) });
const newYork = zoneOf('NYC');
const firstDay = dayIn(newYork, 5);

/** The start of a day in a zone, moved by some seconds, as an instant. */
function startOf(day: string, zone: string, seconds = 0): string {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().add({ seconds }).toString({ fractionalSecondDigits: 3 });
}

describe('By the calendar', { timeout: 90_000 }, () => {
  let started: Gatehouse | undefined;
  const gatehouse = (): Gatehouse => {
    if (started === undefined) throw new Error('It has not been started.');
    return started;
  };
  beforeAll(async () => {
    started = await startGatehouse();
  }, 90_000);
  afterAll(() => started?.stop());

  /** Moves the world to an instant, and lets the product start what has become due as soon as it knows the time. */
  const moveTo = async (instant: string): Promise<void> => {
    await gatehouse().world.post('/clock', { set: instant });
    await until('the product knows the time', async () => {
      const { dependencies } = health.parse(await gatehouse().product.ask('/api/health'));
      return dependencies.some(({ lastSuccessAt }) => lastSuccessAt !== null && Date.parse(lastSuccessAt) >= Date.parse(instant));
    });
    await gatehouse().runTimer('start-due-runs');
  };
  /** Until the run has done what it can now and is put away for a date. That the synced account has appeared may wake it once more. */
  const untilParked = (workerId: string): Promise<void> =>
    until(`the run of ${workerId} is parked`, async () =>
      (await runsOf(gatehouse(), workerId)).some(({ state, attempt }) => state === 'planned' && attempt > 0),
    );
  const isClosed = async (workerId: string): Promise<void> => {
    const { ad, entra, oci, passes } = await accountsOf(gatehouse(), workerId);
    expect([ad?.isEnabled ?? false, entra?.accountEnabled, oci?.isActive, passes]).toEqual([false, false, false, []]);
  };

  it('somebody hired five days ahead has disabled accounts with all access now, no pass and no mail, and a run that is put away', async () => {
    await gatehouse().tell(
      employee('12001', { name: { given: 'Nell', family: 'York' }, office: 'NYC', managerId: '10018', hireDate: firstDay }),
    );
    await untilParked('12001');
    const found = await accountsOf(gatehouse(), '12001');
    expect(found.counts).toEqual({ ad: 1, entra: 1, oci: 1 });
    expect([found.ad?.groups, found.oci?.groups, found.entra?.licences.length]).toEqual([
      ['GG-Office-NYC', 'GG-Platform', 'GG-Staff'],
      ['OCI Developers', 'OCI Staff'],
      1,
    ]);
    expect(found.contact?.email).toBe('nell.york@contoso.example');
    await isClosed('12001');
    expect(await sentMails(gatehouse())).toEqual([]);
    const [run] = await runsOf(gatehouse(), '12001');
    expect(run?.dueAt).toBe(startOf(firstDay, newYork));
  });

  it('somebody hired thirty days ahead has nothing anywhere yet, and a run that begins fourteen days before in their zone', async () => {
    const day = dayIn(zoneOf('LIS'), 30);
    await gatehouse().tell(employee('12002', { name: { given: 'Finn', family: 'Farr' }, hireDate: day }));
    const run = await untilRun(gatehouse(), '12002', 'planned');
    expect([run.startedAt, run.attempt]).toEqual([null, 0]);
    expect(run.dueAt).toBe(startOf(Temporal.PlainDate.from(day).subtract({ days: 14 }).toString(), zoneOf('LIS')));
    expect((await accountsOf(gatehouse(), '12002')).counts).toEqual({ ad: 0, entra: 0, oci: 0 });
  });

  it('a hire that is withdrawn before the day stops the run, and what it made is taken back', async () => {
    const worker = contractor('12003', { name: { given: 'Ned', family: 'Nogo' }, hireDate: firstDay });
    await gatehouse().tell(worker);
    await untilParked('12003');
    await gatehouse().tell({ ...worker, status: 'rescinded' });
    await untilRun(gatehouse(), '12003', 'done', 'rescinded');
    const joining = (await runsOf(gatehouse(), '12003')).filter(({ workflow }) => workflow.startsWith('joiner'));
    expect(joining.map(({ state }) => state)).toEqual(['superseded']);
    expect((await accountsOf(gatehouse(), '12003')).counts).toEqual({ ad: 0, entra: 0, oci: 0 });
  });

  it('a hire date that is moved to later takes the run with it', async () => {
    const worker = employee('12004', { name: { given: 'Della', family: 'Ward' }, office: 'NYC', hireDate: firstDay });
    await gatehouse().tell(worker);
    await untilParked('12004');
    const later = dayIn(newYork, 12);
    await gatehouse().tell({ ...worker, hireDate: later });
    await until(
      'the second run is parked until then',
      async () =>
        (await runsOf(gatehouse(), '12004')).some(
          ({ state, dueAt, attempt }) => state === 'planned' && attempt > 0 && dueAt === startOf(later, newYork),
        ),
      () => runsOf(gatehouse(), '12004'),
    );
    expect((await runsOf(gatehouse(), '12004')).map(({ state }) => state)).toEqual(['planned', 'superseded']);
    expect((await accountsOf(gatehouse(), '12004')).counts).toEqual({ ad: 1, entra: 1, oci: 1 });
  });

  it('a minute before the day begins in New York accounts there are closed, while those of Tokyo have been open for hours', async () => {
    await gatehouse().tell(
      employee('12005', { name: { given: '健', family: '東' }, office: 'TYO', managerId: '10035', hireDate: firstDay }),
    );
    await untilParked('12005');
    await moveTo(startOf(firstDay, newYork, -60));
    await untilRun(gatehouse(), '12005', 'done');
    const tokyo = await accountsOf(gatehouse(), '12005');
    expect([tokyo.ad?.isEnabled, tokyo.entra?.accountEnabled, tokyo.oci?.isActive]).toEqual([true, true, true]);
    await isClosed('12001');
    expect((await runsOf(gatehouse(), '12001')).map(({ state, dueAt }) => [state, dueAt])).toEqual([
      ['planned', startOf(firstDay, newYork)],
    ]);
  });

  it('when the day has begun everything is opened, the pass is good from that day on, and the mails are sent', async () => {
    await moveTo(startOf(firstDay, newYork, 30));
    await untilRun(gatehouse(), '12001', 'done');
    const { ad, entra, oci, passes, counts } = await accountsOf(gatehouse(), '12001');
    expect(counts).toEqual({ ad: 1, entra: 1, oci: 1 });
    expect([ad?.isEnabled, entra?.accountEnabled, oci?.isActive]).toEqual([true, true, true]);
    expect(passes).toHaveLength(1);
    expect(dayOf(passes[0]?.startsAt)).toBe(firstDay);
    const mails = (await sentMails(gatehouse())).filter(({ to }) => to.includes('marcus.oyelaran@contoso.example'));
    expect(mails.map(({ subject }) => subject).toSorted()).toEqual([
      'A sign-in pass for your new colleague',
      'Nell York is ready to start',
    ]);
  });

  it('who was withdrawn stays gone, and who comes later closed, on that day', async () => {
    expect((await accountsOf(gatehouse(), '12003')).counts).toEqual({ ad: 0, entra: 0, oci: 0 });
    await isClosed('12004');
    expect((await accountsOf(gatehouse(), '12002')).counts).toEqual({ ad: 0, entra: 0, oci: 0 });
  });

  it('fourteen days before theirs, somebody hired far ahead gets disabled accounts', async () => {
    const [run] = await runsOf(gatehouse(), '12002');
    await moveTo(
      Temporal.Instant.from(run?.dueAt ?? '')
        .add({ seconds: 5 })
        .toString(),
    );
    await untilParked('12002');
    expect((await accountsOf(gatehouse(), '12002')).counts).toEqual({ ad: 1, entra: 1, oci: 1 });
    await isClosed('12002');
  });

  historiesReplay(gatehouse, ['ended', 'parked']);
});

function dayOf(instant: string | undefined): string {
  return Temporal.Instant.from(instant ?? '')
    .toZonedDateTimeISO(newYork)
    .toPlainDate()
    .toString();
}
