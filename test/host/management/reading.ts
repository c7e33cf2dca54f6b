import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import { endOf, instanceStatus, until } from '../support/host-process.ts';
import type { ManagedHost } from '../support/managed-host.ts';

const idsOf = async (response: Response): Promise<string[]> =>
  ((await response.json()) as { instanceId: string }[]).map((one) => one.instanceId);

/** What the API tells of instances: state, history, lists. */
export function instancesAreRead({ host, api, statusOf, start, run, client, raise, fix, becomes }: ManagedHost): void {
  describe('The state of an instance', () => {
    it('is answered with 202 and where to ask again while it runs, 200 once it has ended, 404 where there is none', async () => {
      await start('waits', 'state-1', { secret: 1 });
      await becomes('state-1', 'Running');
      const running = await api('GET', 'instances/state-1?showInput=false');
      expect([running.status, running.headers.get('retry-after')]).toEqual([202, '5']);
      expect(running.headers.get('location')).toBe(running.url);
      expect(await running.json()).toEqual({
        name: 'waits',
        instanceId: 'state-1',
        runtimeStatus: 'Running',
        input: null,
        customStatus: 'waiting',
        output: null,
        createdTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        lastUpdatedTime: expect.stringMatching(/Z$/),
      });
      await raise('state-1', 'Go', { on: true });
      const ended = await endOf(host(), 'state-1');
      expect(ended).toMatchObject({ runtimeStatus: 'Completed', input: { secret: 1 }, output: { go: { on: true } } });
      expect((await api('GET', 'instances/state-1')).headers.get('location')).toBeNull();
      expect(await statusOf('GET', 'instances/state-0')).toBe(404);
    });

    it('is told without a look at the history', async () => {
      await run('echo', 'state-3');
      const database = new DatabaseSync(join(host().data, 'host.sqlite'), { timeout: 5_000 });
      database.exec(`UPDATE history SET events = 'damaged' WHERE instance_key = (SELECT key FROM instance WHERE id = 'state-3')`);
      database.close();
      expect(await statusOf('GET', 'instances/state-3')).toBe(200);
      expect(await statusOf('GET', 'instances/state-3?showHistory=true')).toBe(500);
    });

    it('is 200 for a failed instance, 500 where that is asked for', async () => {
      await fix('break', 'state-2 one');
      await run('order', 'state-2');
      expect(await statusOf('GET', 'instances/state-2')).toBe(200);
      expect(await statusOf('GET', 'instances/state-2?RETURNinternalServerErrorOnFailure=True')).toBe(500);
    });
  });

  describe('The history of an instance', () => {
    const told = async (query: string): Promise<readonly Record<string, unknown>[]> =>
      (await instanceStatus(host(), 'story-1', `?showHistory=true${query}`)).historyEvents ?? [];
    const time = expect.stringMatching(/^\d{4}-.*Z$/) as unknown;

    beforeAll(async () => {
      await fix('break', 'story-1 bad');
      await start('story', 'story-1', { once: 'upon a time' });
      await raise('story-1', 'Go', { now: true });
      await until(async () => (await told('')).some(({ EventType }) => EventType === 'TaskFailed'));
      await client('suspend', 'story-1', 'a pause');
      await becomes('story-1', 'Suspended');
      await client('resume', 'story-1', 'go on');
      await raise('story-1', 'End', null);
      await endOf(host(), 'story-1');
    });

    it('names what happened, in order, the scheduling of a task together with its end', async () => {
      expect((await told('&showInput=false')).filter(({ EventType }) => EventType !== 'EventRaised')).toEqual([
        { EventType: 'ExecutionStarted', FunctionName: 'story', Timestamp: time },
        { EventType: 'TaskCompleted', FunctionName: 'step', ScheduledTime: time, Timestamp: time },
        { EventType: 'TimerCreated', FireAt: time, Timestamp: time },
        { EventType: 'TimerFired', FireAt: time, Timestamp: time },
        { EventType: 'SubOrchestrationInstanceCompleted', FunctionName: 'order', ScheduledTime: time, Timestamp: time },
        {
          EventType: 'TaskFailed',
          FunctionName: 'step',
          Reason: "Activity function 'step' failed: story-1 bad is broken",
          Details: '',
          ScheduledTime: time,
          Timestamp: time,
        },
        { EventType: 'ExecutionSuspended', Reason: 'a pause', Timestamp: time },
        { EventType: 'ExecutionResumed', Reason: 'go on', Timestamp: time },
        { EventType: 'ExecutionCompleted', OrchestrationStatus: 'Completed', Timestamp: time },
      ]);
    });

    it('shows inputs, as JSON texts, unless they are not wanted, and results, as values, where they are', async () => {
      const events = await told('&showHistoryOutput=true');
      expect(events.find(({ EventType }) => EventType === 'ExecutionStarted')).toMatchObject({ Input: '{"once":"upon a time"}' });
      expect(events.find(({ EventType }) => EventType === 'TaskCompleted')).toMatchObject({
        Input: '["story-1 one"]',
        Result: 'story-1 one done',
      });
      expect(events.find(({ EventType }) => EventType === 'SubOrchestrationInstanceCompleted')).toMatchObject({
        Input: '"x"',
        Result: 'ordered',
      });
      expect(events.find(({ EventType }) => EventType === 'EventRaised')).toMatchObject({ Name: 'Go', Input: '{"now":true}' });
      expect(events.at(-1)).toMatchObject({ EventType: 'ExecutionCompleted', Result: ['the', 'end'] });
      expect((await told('')).some((event) => 'Result' in event)).toBe(false);
      expect((await told('&showInput=false')).some((event) => 'Input' in event)).toBe(false);
    });

    it('shows a task that has not ended as scheduled, and why an instance was terminated', async () => {
      await fix('break', 'story-2');
      await start('blocks', 'story-2');
      await until(() => host().effects().includes('begin story-2'));
      const open = await instanceStatus(host(), 'story-2', '?showHistory=true');
      expect(open.historyEvents).toEqual([
        { EventType: 'ExecutionStarted', FunctionName: 'blocks', Timestamp: time, Input: null },
        { EventType: 'TaskScheduled', Name: 'block', Timestamp: time, Input: '["story-2"]' },
      ]);
      await client('terminate', 'story-2', 'enough');
      await fix('repair', 'story-2');
      await endOf(host(), 'story-2');
      const { historyEvents = [] } = await instanceStatus(host(), 'story-2', '?showHistory=true');
      expect(historyEvents.at(-1)).toEqual({ EventType: 'ExecutionTerminated', Input: 'enough', Timestamp: time });
    });

    it('is not what the client shows: it looks for `history`, while the API gives `historyEvents`; and it cannot turn inputs off', async () => {
      const { value } = await client('getStatus', 'story-1', { showHistory: true, showHistoryOutput: true, showInput: false });
      expect(value).toMatchObject({ name: 'story', runtimeStatus: 'Completed', output: ['the', 'end'], input: { once: 'upon a time' } });
      expect(value).not.toHaveProperty('history');
    });
  });

  describe('A list of instances', () => {
    beforeAll(async () => {
      for (const id of ['list-b', 'list-a', 'list-c']) await run('echo', id);
      await start('waits', 'list-d');
      await fix('break', 'list-e one');
      await run('order', 'list-e');
      await becomes('list-d', 'Running');
    });

    it('is by id for a prefix, a page at a time, and neither loses nor repeats one when others are started in between', async () => {
      const first = await api('GET', 'instances?instanceIdPrefix=list-&top=2');
      expect(await idsOf(first)).toEqual(['list-a', 'list-b']);
      const token = { headers: { 'x-ms-continuation-token': first.headers.get('x-ms-continuation-token') ?? '' } };
      await run('echo', 'list-aa');
      await run('echo', 'list-bb');
      const second = await api('GET', 'instances?instanceIdPrefix=list-&top=9', token);
      expect(await idsOf(second)).toEqual(['list-bb', 'list-c', 'list-d', 'list-e']);
      expect(second.headers.get('x-ms-continuation-token')).toBeNull();
      expect(await idsOf(await api('GET', 'instances?instanceIdPrefix=list-%25'))).toEqual([]);
    });

    it('is oldest first without a prefix, and goes on where the page before ended', async () => {
      const seen: string[] = [];
      let token = '';
      do {
        const page = await api('GET', 'instances/?top=7&runtimeStatus=Completed,Running,Failed', {
          headers: { 'x-ms-continuation-token': token },
        });
        const ids = await idsOf(page);
        expect(ids.length).toBeLessThanOrEqual(7);
        seen.push(...ids);
        token = page.headers.get('x-ms-continuation-token') ?? '';
        await start('waits', `later-${seen.length}`);
      } while (token !== '' && seen.length < 500);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((id) => /^list-.$/.test(id))).toEqual(['list-b', 'list-a', 'list-c', 'list-d', 'list-e']);
    });

    it('is filtered by states, by the time of creation and by both; a name that is no state is no filter', async () => {
      const some = async (query: string): Promise<string[]> =>
        (await idsOf(await api('GET', `instances?${query}`))).filter((id) => /^list-.$/.test(id));
      expect(await some('runtimeStatus=Failed,Running&top=1000')).toEqual(['list-d', 'list-e']);
      expect(await some('runtimeStatus=Failed&runtimeStatus=Running&top=1000')).toEqual(['list-d', 'list-e']);
      expect(await some('instanceIdPrefix=list-&runtimeStatus=Failed')).toEqual(['list-e']);
      expect(await some('runtimeStatus=Canceled')).toEqual([]);
      expect(await some('instanceIdPrefix=list-&runtimeStatus=failed')).toHaveLength(5);
      expect(await some('instanceIdPrefix=list-&createdTimeTo=2020-01-01')).toEqual([]);
      expect(await some('instanceIdPrefix=list-&createdTimeFrom=2020-01-01T00:00:00&createdTimeTo=2999-01-01T00:00:00Z')).toHaveLength(5);
      expect(await some('createdTimeFrom=2999-01-01')).toEqual([]);
    });

    it('is refused for a continuation token that is none', async () => {
      expect(await statusOf('GET', 'instances', { headers: { 'x-ms-continuation-token': 'made-up' } })).toBe(400);
    });

    it('is whole for the client, which asks for page after page', async () => {
      const all = (await client('getStatusAll')).value as { instanceId: string }[];
      expect(all.length).toBeGreaterThan(20);
      const failed = (await client('getStatusBy', { createdTimeFrom: '2020-01-01T00:00:00Z', runtimeStatus: ['Failed'] })).value as {
        instanceId: string;
      }[];
      expect(failed.map((one) => one.instanceId)).toContain('list-e');
      expect(failed.map((one) => one.instanceId)).not.toContain('list-d');
    });
  });
}
