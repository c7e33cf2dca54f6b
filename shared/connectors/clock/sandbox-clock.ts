import { z } from 'zod';
import { GatehouseError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';

/** A clock that follows the sandbox's. `stop` ends the polling; `refresh` reads the offset at once. */
export type SandboxClock = Clock & { refresh(): Promise<void>; stop(): void };

const pollMs = 100;
const timeoutMs = 2_000;
const answer = z.object({ offsetMs: z.number() });

/**
 * Wall time plus the offset of the sandbox at `url` (docs/sandbox.md, `GET /clock`), asked for at the start and then ten times a second. While the sandbox does not answer, the last offset
 * holds. Throws `config-invalid` for an address that is not this machine's own.
 */
export async function createSandboxClock(url: string, log: Log): Promise<SandboxClock> {
  refuseOffLoopback(url);
  let offset = 0;
  let isSilent = false;
  const refresh = async (): Promise<void> => {
    try {
      offset = await readOffset(url);
      isSilent = false;
    } catch {
      if (!isSilent) log.warn('the sandbox does not tell the time; its last offset is kept');
      isSilent = true;
    }
  };
  await refresh();
  const timer = setInterval(() => void refresh(), pollMs);
  timer.unref();
  return { now: () => Date.now() + offset, refresh, stop: () => clearInterval(timer) };
}

function refuseOffLoopback(url: string): void {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  if (/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(host)) return;
  throw new GatehouseError('config-invalid', `The sandbox clock at "${url}" is not on this machine (127.0.0.1), so it is not followed.`);
}

async function readOffset(url: string): Promise<number> {
  const response = await fetch(`${url.replace(/\/+$/, '')}/clock`, { signal: AbortSignal.timeout(timeoutMs) });
  return answer.parse(await response.json()).offsetMs;
}
