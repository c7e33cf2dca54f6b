import { afterEach, describe, expect, it } from 'vitest';
import { createPinoLog } from '../../../shared/connectors/log/pino-log.ts';
import { createSandboxClock, type SandboxClock } from '../../../shared/connectors/clock/sandbox-clock.ts';
import { systemClock } from '../../../shared/connectors/clock/system-clock.ts';
import { answer, startScriptedServer, type ScriptedServer } from '../http/scripted-server.ts';

const day = 86_400_000;
const log = createPinoLog({ level: 'silent' });
let server: ScriptedServer | undefined;
let clock: SandboxClock | undefined;
afterEach(async () => {
  clock?.stop();
  await server?.stop();
});

describe('the clock of the sandbox', () => {
  it('is ahead by the sandbox’s offset, and follows it', async () => {
    let offsetMs = 14 * day;
    server = await startScriptedServer((_, __, response) => answer(response, 200, { now: 'any', offsetMs }));
    clock = await createSandboxClock(server.url, log);
    expect(clock.now() - systemClock.now()).toBeGreaterThan(14 * day - 1_000);
    offsetMs = 0;
    await clock.refresh();
    expect(clock.now() - systemClock.now()).toBeLessThan(1_000);
  });

  it('keeps its last offset while the sandbox does not answer', async () => {
    server = await startScriptedServer((_, number, response) =>
      number === 1 ? answer(response, 200, { offsetMs: day }) : response.destroy(),
    );
    clock = await createSandboxClock(server.url, log);
    await clock.refresh();
    expect(clock.now() - systemClock.now()).toBeGreaterThan(day - 1_000);
  });

  it.each(['http://sandbox.example:7072', 'https://127.0.0.1.example', 'nonsense'])(
    'is not followed at %s, which is not this machine',
    async (url) => {
      await expect(createSandboxClock(url, log)).rejects.toMatchObject({ code: 'config-invalid' });
    },
  );
});
