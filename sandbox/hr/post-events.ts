import type { World } from '../foundation/world.ts';
import { dueEvents, nextDueAt, settleAttempt, webhookUrl, type Attempt, type QueuedEvent } from './event-queue.ts';
import { signEvent } from './sign-event.ts';

/** The running delivery of events. `wake` makes it look at the queue; `stop` ends it and gives up attempts under way, which stay queued. */
export type EventPoster = { readonly wake: () => void; readonly stop: () => Promise<void> };

const attemptTimeoutMs = 15_000;
const maxAtOnce = 8;
const longestWaitSeconds = 60;

/** Posts queued events, oldest first, at least once each: again after 1, 2, 4 … 60 s of wall time until a 2xx, or a 4xx other than 408 and 429.
 * Without a webhook address events wait. A scheduled fault on `events.deliver` keeps an event from being sent (`before`) or loses the answer (`after`). */
export function postEvents(world: World): EventPoster {
  const underWay = new Map<number, Promise<void>>();
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const start = (event: QueuedEvent, url: string): void => {
    const attempt = attemptPost(world, event, { url, stop: stopping.signal }).then((result) => {
      if (!stopping.signal.aborted) settleAttempt(world.database, event.sequence, result);
      underWay.delete(event.sequence);
      wake();
    });
    underWay.set(event.sequence, attempt);
  };
  const wake = (): void => {
    clearTimeout(timer);
    const url = webhookUrl(world.database);
    if (url === undefined || stopping.signal.aborted) return;
    const now = Date.now();
    const due = dueEvents(world.database, now, { except: new Set(underWay.keys()), limit: maxAtOnce - underWay.size });
    for (const event of due) start(event, url);
    const next = nextDueAt(world.database, now);
    if (next !== undefined) timer = setTimeout(wake, next - now);
  };
  const stop = async (): Promise<void> => {
    stopping.abort();
    clearTimeout(timer);
    await Promise.all(underWay.values());
  };
  wake();
  return { wake, stop };
}

async function attemptPost(world: World, event: QueuedEvent, way: { readonly url: string; readonly stop: AbortSignal }): Promise<Attempt> {
  const fault = world.faults.take('hr', 'events.deliver', `${way.url} ${event.body}`);
  const again = (problem: string): Attempt => ({ is: 'failed', problem, dueAt: Date.now() + waitMs(event.attempts + 1) });
  if (fault?.phase === 'before') return again('not sent: scheduled fault');
  try {
    const response = await fetch(way.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Gatehouse-Signature': signEvent(event.body, world.now()) },
      body: event.body,
      redirect: 'manual',
      signal: AbortSignal.any([way.stop, AbortSignal.timeout(attemptTimeoutMs)]),
    });
    await response.body?.cancel();
    if (fault !== undefined) return again('answer lost: scheduled fault');
    return judge(response.status) ?? again(`HTTP ${response.status}`);
  } catch (error) {
    return again(error instanceof Error ? error.message : String(error));
  }
}

function judge(status: number): Attempt | undefined {
  if (status >= 200 && status < 300) return { is: 'delivered', status };
  const isFinal = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return isFinal ? { is: 'refused', status } : undefined;
}

function waitMs(attempts: number): number {
  return Math.min(2 ** (attempts - 1), longestWaitSeconds) * 1000;
}
