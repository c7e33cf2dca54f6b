import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostProcess, endOf, instanceStatus, scratchFolder, startOrchestration, until } from './support/host-process.ts';

let scratch: ReturnType<typeof scratchFolder>;
let host: HostProcess | undefined;

beforeEach(() => {
  scratch = scratchFolder();
});
afterEach(async () => {
  await host?.end('SIGKILL');
  scratch.remove();
});

describe('A host that is killed', () => {
  it('goes on after each of five kills where it stood: every orchestration completes, every activity has its effect', async () => {
    const ids: string[] = [];
    host = await HostProcess.start({ app: 'sample', data: scratch.path });
    await startOrchestration(host, 'twoEvents', 'waiting');
    for (let kill = 0; kill < 5; kill += 1) {
      const running = host;
      const before = running.effects().length;
      const started = [1, 2, 3, 4, 5].map((number) => `chain-${kill}-${number}`);
      for (const id of started) expect((await startOrchestration(running, 'chain', id)).status).toBe(202);
      ids.push(...started);
      await until(() => running.effects().length >= before + 9);
      await host.end('SIGKILL');
      host = await HostProcess.start({ app: 'sample', data: scratch.path });
    }
    for (const id of ids) expect(await endOf(host, id)).toMatchObject({ runtimeStatus: 'Completed', output: 'done' });
    const effects = host.effects();
    for (const id of ids)
      for (const step of [1, 2, 3, 4, 5]) {
        const ends = effects.filter((line) => line === `end ${id} ${step}`).length;
        const begins = effects.filter((line) => line === `begin ${id} ${step}`).length;
        expect(ends, `${id} ${step}`).toBeGreaterThanOrEqual(1);
        // Each kill cuts off one attempt at most.
        expect(begins, `${id} ${step}`).toBeLessThanOrEqual(1 + 5);
      }
    expect(effects.filter((line) => line.startsWith('end ')).length).toBeLessThan(ids.length * 5 * 2);
    for (const id of ids) {
      expect(effects.indexOf(`end ${id} 1`)).toBeLessThan(effects.indexOf(`begin ${id} 4`));
      expect(effects.indexOf(`end ${id} 4`)).toBeLessThan(effects.indexOf(`begin ${id} 5`));
    }
    await fetch(`${host.url}/api/raise/waiting/E`, { method: 'POST', body: '1' });
    await host.end('SIGKILL');
    host = await HostProcess.start({ app: 'sample', data: scratch.path });
    await fetch(`${host.url}/api/raise/waiting/E`, { method: 'POST', body: '2' });
    expect((await endOf(host, 'waiting')).output).toEqual([1, 2]);
  }, 60_000);

  it('has stored an orchestration before it says that it started, and fires the timers that fell due while it was dead', async () => {
    host = await HostProcess.start({ app: 'sample', data: scratch.path });
    await startOrchestration(host, 'sleep', 'asleep', 150);
    await until(async () => host !== undefined && (await instanceStatus(host, 'asleep')).runtimeStatus !== 'Pending');
    const started = await startOrchestration(host, 'values', 'stored');
    await host.end('SIGKILL');
    expect(started.status).toBe(202);
    host = await HostProcess.start({ app: 'sample', data: scratch.path });
    expect((await endOf(host, 'stored')).runtimeStatus).toBe('Completed');
    expect((await endOf(host, 'asleep')).output).toBeGreaterThanOrEqual(150);
  });
});
