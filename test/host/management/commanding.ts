import { describe, expect, it } from 'vitest';
import { endOf, instanceStatus } from '../support/host-process.ts';
import { answerOf, jsonOf } from '../support/managed-host.ts';
import type { ManagedHost } from '../support/managed-host.ts';

/** What can be done to instances: events, suspending, terminating, purging, restarting. */
export function instancesAreCommanded({ host, api, statusOf, start, run, client, raise, fix, becomes }: ManagedHost): void {
  describe('An external event', () => {
    it('is kept for an instance that does not wait for it yet', async () => {
      await start('waits', 'event-1');
      expect(await raise('event-1', 'Other', 1)).toBe(202);
      expect(await raise('event-1', 'Go', ['a', 1])).toBe(202);
      expect((await endOf(host(), 'event-1')).output).toEqual({ go: ['a', 1] });
    });

    it('for an unknown instance is 404 and an error of the client, for one that has ended 410, which the client does not tell', async () => {
      await run('echo', 'event-2');
      expect(await raise('event-0', 'Go', 1)).toBe(404);
      expect(await raise('event-2', 'Go', 1)).toBe(410);
      expect(await client('raiseEvent', 'event-0', 'Go', 1)).toEqual({ error: "No instance with ID 'event-0' found." });
      expect(await client('raiseEvent', 'event-2', 'Go', 1)).toEqual({ value: null });
    });

    it('has to be JSON and to say so; one without data is refused', async () => {
      await start('waits', 'event-3');
      const path = 'instances/event-3/raiseEvent/Go';
      expect(await answerOf(await api('POST', path, { body: '1' }))).toEqual([
        400,
        { Message: 'Only application/json request content is supported' },
      ]);
      expect(await answerOf(await api('POST', path, { ...jsonOf(1), body: '{no' }))).toEqual([400, { Message: 'Invalid JSON content' }]);
      expect(await client('raiseEvent', 'event-3', 'Go')).toMatchObject({ error: expect.stringContaining('status code: 400') });
      expect(await statusOf('POST', path, { body: 'null', headers: { 'content-type': 'Application/JSON; charset=utf-8' } })).toBe(202);
      expect((await endOf(host(), 'event-3')).output).toEqual({ go: null });
    });
  });

  describe('Suspending', () => {
    it('holds an instance still until it is resumed; twice is refused with 500, and so is resuming what runs', async () => {
      await start('waits', 'still-1');
      await becomes('still-1', 'Running');
      expect(await client('suspend', 'still-1', 'wait')).toEqual({ value: null });
      expect(await answerOf(await api('POST', 'instances/still-1/suspend?reason=again'))).toEqual([
        500,
        {
          Message: 'Something went wrong while processing your request',
          ExceptionMessage: 'Cannot suspend the orchestration instance still-1 because instance is in the Suspended state.',
          ExceptionType: 'System.InvalidOperationException',
        },
      ]);
      expect(await raise('still-1', 'Go', 1)).toBe(202);
      await run('echo', 'still-2');
      expect((await instanceStatus(host(), 'still-1')).runtimeStatus).toBe('Suspended');
      expect(await statusOf('GET', 'instances/still-1')).toBe(202);
      expect(await client('resume', 'still-1', 'go on')).toEqual({ value: null });
      expect((await endOf(host(), 'still-1')).output).toEqual({ go: 1 });
      await start('waits', 'still-3');
      await becomes('still-3', 'Running');
      expect(await client('resume', 'still-3', 'no')).toMatchObject({ error: expect.stringContaining('instance is in the Running state') });
      expect(await statusOf('POST', 'instances/still-3/suspend')).toBe(202);
      expect(await statusOf('POST', 'instances/still-3/resume?reason=on')).toBe(202);
      expect(await statusOf('POST', 'instances/still-3/resume?reason=on')).toBe(500);
    });

    it('and every other command answers 404 for an unknown instance and 410 for one that has ended', async () => {
      await run('echo', 'gone-1');
      for (const operation of ['suspend', 'resume', 'terminate']) {
        expect(await statusOf('POST', `instances/gone-0/${operation}`), operation).toBe(404);
        expect(await statusOf('POST', `instances/gone-1/${operation}?reason=x`), operation).toBe(410);
        expect(await client(operation, 'gone-0', 'x')).toEqual({ error: "No instance with ID 'gone-0' found." });
        expect(await client(operation, 'gone-1', 'x')).toEqual({ value: null });
      }
    });
  });

  describe('Terminating', () => {
    it('ends an instance with the reason as its output, also a suspended one; a reason that is JSON is shown as its value', async () => {
      await start('waits', 'end-1');
      await client('suspend', 'end-1', '');
      expect(await client('terminate', 'end-1', 'not needed')).toEqual({ value: null });
      expect(await endOf(host(), 'end-1')).toMatchObject({ runtimeStatus: 'Terminated', output: 'not needed' });
      await start('sleeps', 'end-2');
      await api('POST', 'instances/end-2/terminate?reason={"code":7}');
      expect(await endOf(host(), 'end-2')).toMatchObject({ output: { code: 7 } });
      await start('sleeps', 'end-3');
      await api('POST', 'instances/end-3/terminate');
      expect(await endOf(host(), 'end-3')).toMatchObject({ runtimeStatus: 'Terminated', output: null });
    });
  });

  describe('Purging', () => {
    it('removes an instance that has ended, is refused with 412 for one that has not, and 404 where there is none', async () => {
      await run('echo', 'purge-1');
      await start('waits', 'purge-2');
      await becomes('purge-2', 'Running');
      const refused = await api('DELETE', 'instances/purge-2');
      expect([refused.status, await refused.json()]).toEqual([
        412,
        'Only orchestrations in a terminal state can be purged, but the orchestration with instance ID purge-2 has status Running',
      ]);
      expect(await client('purgeInstanceHistory', 'purge-1')).toEqual({ value: { instancesDeleted: 1 } });
      await run('echo', 'purge-1');
      expect(await answerOf(await api('DELETE', 'instances/purge-1'))).toEqual([200, { instancesDeleted: 1 }]);
      expect(await client('purgeInstanceHistory', 'purge-1')).toEqual({ value: { instancesDeleted: 0 } });
      expect(await statusOf('DELETE', 'instances/purge-1')).toBe(404);
      expect(await statusOf('GET', 'instances/purge-1')).toBe(404);
    });

    it('by a period takes what has ended in it, and only in the states named; it needs a beginning', async () => {
      await fix('break', 'purge-3 one');
      await run('order', 'purge-3');
      await run('echo', 'purge-4');
      await start('waits', 'purge-5');
      expect(await answerOf(await api('DELETE', 'instances?runtimeStatus=Failed'))).toEqual([
        400,
        "Please provide value for 'createdTimeFrom' parameter.",
      ]);
      expect(await statusOf('DELETE', 'instances?createdTimeFrom=2999-01-01')).toBe(404);
      expect(await statusOf('DELETE', 'instances?createdTimeFrom=2020-01-01&runtimeStatus=Running')).toBe(404);
      const filter = { createdTimeFrom: '2020-01-01T00:00:00Z', runtimeStatus: ['Failed'] };
      expect((await client('purgeInstanceHistoryBy', filter)).value).toEqual({ instancesDeleted: expect.any(Number) });
      expect(await client('purgeInstanceHistoryBy', filter)).toEqual({ value: { instancesDeleted: 0 } });
      expect(await statusOf('GET', 'instances/purge-3')).toBe(404);
      expect(await statusOf('GET', 'instances/purge-4')).toBe(200);
      expect(await statusOf('DELETE', 'instances?createdTimeFrom=2020-01-01')).toBe(200);
      expect(await statusOf('GET', 'instances/purge-4')).toBe(404);
      expect((await instanceStatus(host(), 'purge-5')).runtimeStatus).toBe('Running');
    });
  });

  describe('Rewinding', () => {
    it('is taken for a failed instance, refused with 412 for any other, and 404 where there is none', async () => {
      await fix('break', 'back-1 two');
      await run('order', 'back-1');
      await fix('repair', 'back-1 two');
      expect(await statusOf('POST', 'instances/back-1/rewind?reason=repaired')).toBe(202);
      await becomes('back-1', 'Completed');
      const refused = await api('POST', 'instances/back-1/rewind');
      expect(await answerOf(refused)).toEqual([
        412,
        'This orchestration has status Completed, but only orchestrations in the "Failed" state can be rewound.',
      ]);
      expect(await statusOf('POST', 'instances/back-0/rewind')).toBe(404);
      expect(await client('rewind', 'back-0', 'x')).toEqual({ error: 'No orchestration with instance ID "back-0" found.' });
    });
  });

  describe('Restarting', () => {
    it('starts an instance anew with its input, under a new id or its own, with the version of the app', async () => {
      await api('POST', 'orchestrators/echo/again-1?version=1.1', jsonOf({ again: 1 }));
      expect((await endOf(host(), 'again-1')).output).toEqual({ input: { again: 1 }, version: '1.1' });
      const { id = '' } = (await (await api('POST', 'instances/again-1/restart')).json()) as Record<string, string>;
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      expect((await endOf(host(), id)).output).toEqual({ input: { again: 1 }, version: '1.5' });
      const same = await api('POST', 'instances/again-1/restart?restartWithNewInstanceId=False&timeout=10&pollingInterval=0.02');
      expect([same.status, await same.json()]).toEqual([200, { input: { again: 1 }, version: '1.5' }]);
    });

    it('is refused with 400 for an unknown instance, and with 409 under an id that has not ended', async () => {
      expect(await answerOf(await api('POST', 'instances/again-0/restart'))).toEqual([
        400,
        expect.objectContaining({ Message: 'InstanceId does not match a valid orchestration instance.' }),
      ]);
      await start('waits', 'again-2');
      expect(await answerOf(await api('POST', 'instances/again-2/restart?restartWithNewInstanceId=false'))).toEqual([
        409,
        { Message: 'A non-terminal instance with this instance ID already exists.' },
      ]);
      expect(await statusOf('POST', 'instances/again-2/restart')).toBe(202);
    });
  });
}
