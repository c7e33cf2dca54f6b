import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Clock } from '../../host/clock/clock.ts';
import { openDatabase } from '../../host/data/open-database.ts';
import { createWriteBatch } from '../../host/data/write-batch.ts';
import { createTimerFunctions } from '../../host/timers/create-timer-functions.ts';
import type { TimerFunctions } from '../../host/timers/create-timer-functions.ts';
import type { AppFunction } from '../../host/worker/app-registry.ts';
import type { RpcRetryContext, RpcRetryOptions } from '../../host/worker/rpc-types.ts';
import { scratchFolder } from './support/host-process.ts';

type Run = { readonly at: string; readonly timer: Record<string, unknown>; readonly retry: RpcRetryContext | undefined };

/** A clock on the time that the test moves. */
const clock: Clock = {
  now: () => Date.now(),
  wake: (keeper) => {
    let handle: NodeJS.Timeout | undefined;
    const reset = (): void => {
      clearTimeout(handle);
      const due = keeper.nextDue();
      if (due !== undefined) handle = setTimeout(keeper.ring, Math.max(due - Date.now(), 0));
    };
    return { reset, off: () => clearTimeout(handle) };
  },
};

const START = Date.parse('2026-01-01T12:30:00Z');
const time = (): string => new Date().toISOString().slice(11, 19);
let scratch: ReturnType<typeof scratchFolder>;
let database: ReturnType<typeof openDatabase>;
let batch: ReturnType<typeof createWriteBatch>;
let runs: Run[];
let timers: TimerFunctions;
/** What the function does; a promise that stays open is a run in progress. */
let behave: (run: Run) => Promise<void> | void;

beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  vi.useFakeTimers({ now: START, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  scratch = scratchFolder();
  database = openDatabase(join(scratch.path, 'host.sqlite'));
  batch = createWriteBatch(database, (error) => expect.unreachable(String(error)));
  runs = [];
  behave = () => undefined;
});
afterEach(async () => {
  await timers.stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
  batch.flush();
  database.close();
  scratch.remove();
  delete process.env['WHEN'];
  delete process.env['WEBSITE_TIME_ZONE'];
});

/** Starts a timer function, as a host does that starts with what an earlier one stored. */
function start(trigger: Record<string, unknown>, retryOptions?: RpcRetryOptions): void {
  const binding = { type: 'timerTrigger', ...trigger };
  const metadata = { name: 'f', bindings: { timer: binding }, ...(retryOptions && { retryOptions }) };
  const fn: AppFunction = {
    name: 'f',
    triggerName: 'timer',
    triggerType: 'timertrigger',
    trigger: binding,
    metadata,
    durableClients: [],
    callback: () => undefined,
  };
  timers = createTimerFunctions(
    [fn],
    async (_, data, __, retry) => {
      const run = { at: time(), timer: JSON.parse(data.json ?? '') as Record<string, unknown>, retry };
      runs.push(run);
      await behave(run);
      return {};
    },
    { database, batch, clock },
  );
  timers.start();
}

const pass = async (seconds: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(seconds * 1000);
};
const times = (): readonly string[] => runs.map(({ at }) => at);
const statusOf = (index: number): unknown => runs[index]?.timer['ScheduleStatus'];
const utc = (clock: string): string => `2026-01-01T${clock}.000+00:00`;

describe('A timer function', () => {
  it('runs at each occurrence, and is told what was known before the run, its planned time as the next', async () => {
    start({ schedule: '0 0 * * * *' });
    await pass(2 * 3600);
    expect(times()).toEqual(['13:00:00', '14:00:00']);
    expect(statusOf(0)).toEqual({ Last: '0001-01-01T00:00:00+00:00', Next: utc('13:00:00'), LastUpdated: utc('12:30:00') });
    expect(statusOf(1)).toEqual({ Last: utc('13:00:00'), Next: utc('14:00:00'), LastUpdated: utc('13:00:00') });
    expect(runs[0]?.timer).toMatchObject({ IsPastDue: false, Schedule: { AdjustForDST: true } });
  });

  it('runs by a time span and by a setting', async () => {
    process.env['WHEN'] = '00:05:00';
    start({ schedule: '%WHEN%' });
    await pass(600);
    expect(times()).toEqual(['12:35:00', '12:40:00']);
  });

  it('runs by the clock of WEBSITE_TIME_ZONE', async () => {
    process.env['WEBSITE_TIME_ZONE'] = 'Asia/Kolkata';
    start({ schedule: '0 15 18 * * *' });
    await pass(3600);
    expect(times()).toEqual(['12:45:00']);
  });

  it('never runs twice at once: a run that takes longer than the interval is followed by one more, then the schedule goes on', async () => {
    behave = () => new Promise((resolve) => setTimeout(resolve, runs.length === 1 ? 200_000 : 0));
    start({ schedule: '0 * * * * *' });
    await pass(400);
    expect(times()).toEqual(['12:31:00', '12:34:20', '12:35:00', '12:36:00']);
  });

  it('runs once as past due where a host that was down missed occurrences, however many', async () => {
    start({ schedule: '0 0 * * * *' });
    await pass(1800);
    await timers.stop();
    vi.setSystemTime(START + 5 * 3600_000);
    start({ schedule: '0 0 * * * *' });
    await pass(1);
    expect(runs.map(({ timer }) => timer['IsPastDue'])).toEqual([false, true]);
    await pass(1800);
    expect(times()).toEqual(['13:00:00', '17:30:00', '18:00:00']);
  });

  it('makes up for a run that the end of the host cut short', async () => {
    behave = () => Promise.reject(new Error('not yet'));
    start({ schedule: '0 0 * * * *' }, { retryStrategy: 'fixedDelay', maxRetryCount: 5, delayInterval: { seconds: 60 } });
    await pass(1800);
    await timers.stop();
    vi.setSystemTime(Date.now() + 5000);
    behave = () => undefined;
    start({ schedule: '0 0 * * * *' });
    await pass(1);
    expect(runs.map(({ timer }) => timer['IsPastDue'])).toEqual([false, true]);
  });

  it('records a run that ended while the host was stopping', async () => {
    let end: () => void = () => undefined;
    behave = () => new Promise((resolve) => (end = resolve));
    start({ schedule: '0 0 * * * *' });
    await pass(1800);
    const stopped = timers.stop();
    end();
    await stopped;
    start({ schedule: '0 0 * * * *' });
    await pass(60);
    expect(times()).toEqual(['13:00:00']);
  });

  it('is not made up for, and has no status, where it is not monitored', async () => {
    for (const trigger of [{ schedule: '0 0 * * * *', useMonitor: false }, { schedule: '*/30 * * * * *' }]) {
      runs = [];
      start(trigger);
      await pass(3600);
      expect(statusOf(0)).toBeNull();
      await timers.stop();
      const before = runs.length;
      vi.setSystemTime(Date.now() + 7200_000);
      start(trigger);
      await pass(1);
      expect(runs).toHaveLength(before);
      await timers.stop();
    }
  });

  it('runs at the start where it asks for that, not as past due, and goes on by its schedule', async () => {
    start({ schedule: '0 0 * * * *', runOnStartup: true });
    await pass(1800);
    expect(runs.map(({ at, timer }) => [at, timer['IsPastDue']])).toEqual([
      ['12:30:00', false],
      ['13:00:00', false],
    ]);
  });

  it('runs by hand without the schedule taking notice', async () => {
    start({ schedule: '0 0 * * * *' });
    expect([timers.runNow('f'), timers.runNow('g')]).toEqual([true, false]);
    await pass(1800);
    expect(times()).toEqual(['12:30:00', '13:00:00']);
    expect(statusOf(1)).toMatchObject({ Last: '0001-01-01T00:00:00+00:00' });
  });
});

describe('A retry policy', () => {
  const fixedDelay = { retryStrategy: 'fixedDelay', maxRetryCount: 2, delayInterval: { seconds: 10 } };

  it('runs a timer function that failed again, tells it which retry it is and what failed, and gives up in the end', async () => {
    behave = () => Promise.reject(new Error(`failure ${runs.length}`));
    start({ schedule: '0 0 * * * *' }, fixedDelay);
    await pass(1800 + 3600);
    expect(times()).toEqual(['13:00:00', '13:00:10', '13:00:20', '14:00:00']);
    expect(runs.map(({ retry }) => retry && [retry.retryCount, retry.maxRetryCount, retry.exception.message])).toEqual([
      undefined,
      [1, 2, 'failure 1'],
      [2, 2, 'failure 2'],
      undefined,
    ]);
  });

  it('ends with the first success', async () => {
    behave = () => (runs.length < 2 ? Promise.reject(new Error('no')) : undefined);
    start({ schedule: '0 0 * * * *' }, fixedDelay);
    await pass(1900);
    expect(times()).toEqual(['13:00:00', '13:00:10']);
  });

  it('goes on without end at -1, in place of the schedule', async () => {
    behave = () => Promise.reject(new Error('no'));
    start({ schedule: '0 * * * * *' }, { ...fixedDelay, maxRetryCount: -1 });
    await pass(60 + 290);
    expect(runs).toHaveLength(30);
    expect(runs.at(-1)?.retry).toMatchObject({ retryCount: 29, maxRetryCount: -1 });
  });

  it('waits longer each time with exponentialBackoff, between its limits', async () => {
    behave = () => Promise.reject(new Error('no'));
    const options = {
      retryStrategy: 'exponentialBackoff',
      maxRetryCount: 5,
      minimumInterval: { seconds: 10 },
      maximumInterval: { seconds: 60 },
    };
    start({ schedule: '0 0 * * * *' }, options);
    await pass(1800 + 600);
    const seconds = runs.map(({ at }) => Number(at.slice(3, 5)) * 60 + Number(at.slice(6)));
    const pauses = seconds.slice(1).map((at, index) => at - (seconds[index] ?? 0));
    const bounds = [
      [10, 10],
      [18, 22],
      [26, 34],
      [42, 58],
      [60, 60],
    ];
    expect(pauses).toHaveLength(5);
    pauses.forEach((pause, index) => {
      const [least = 0, most = 0] = bounds[index] ?? [];
      expect(pause).toBeGreaterThanOrEqual(least - 1);
      expect(pause).toBeLessThanOrEqual(most + 1);
    });
  });
});
