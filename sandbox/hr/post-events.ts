import type { World } from '../foundation/world.ts';
import { dueEvents, nextDueAt, settleAttempt, webhookUrl, type Attempt, type QueuedEvent, type QueueName } from './event-queue.ts';

/** The running delivery of events. `wake` makes it look at the queue; `stop` ends it and gives up attempts under way, which stay queued. */
export type EventPoster = { readonly wake: () => void; readonly stop: () => Promise<void> };

const attemptTimeoutMs = 15_000;
const maxAtOnce = 8;
const longestWaitSeconds = 60;

/** Whose events are posted, and the headers, among them the signature, that go with a body. */
export type Sender = { readonly queue: QueueName; readonly headersOf: (body: string) => Readonly<Record<string, string>> };

/** Posts queued events, oldest first, at least once each: again after 1, 2, 4 … 60 s of wall time until a 2xx, or a 4xx other than 408 and 429.
 * Without a webhook address events wait. A scheduled fault on `events.deliver` keeps an event from being sent (`before`) or loses the answer (`after`). */
export function postEvents(world: World, sender: Sender): EventPoster {
  const { database } = world;
  const { queue } = sender;
  const underWay = new Map<number, Promise<void>>();
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const start = (event: QueuedEvent, url: string): void => {
    const attempt = attemptPost(world, event, { url, sender, stop: stopping.signal }).then((result) => {
      if (!stopping.signal.aborted) settleAttempt(database, queue, { sequence: event.sequence, attempt: result });
      underWay.delete(event.sequence);
      wake();
    });
    underWay.set(event.sequence, attempt);
  };
  const wake = (): void => {
    clearTimeout(timer);
    const url = webhookUrl(database, queue);
    if (url === undefined || stopping.signal.aborted) return;
    const now = Date.now();
    const due = dueEvents(database, queue, { now, except: new Set(underWay.keys()), limit: maxAtOnce - underWay.size });
    for (const event of due) start(event, url);
    const next = nextDueAt(database, queue, now);
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

type Way = { readonly url: string; readonly sender: Sender; readonly stop: AbortSignal };

async function attemptPost(world: World, event: QueuedEvent, way: Way): Promise<Attempt> {
  const fault = world.faults.take(way.sender.queue, 'events.deliver', `${way.url} ${event.body}`);
  const again = (problem: string): Attempt => ({ is: 'failed', problem, dueAt: Date.now() + waitMs(event.attempts + 1) });
  if (fault?.phase === 'before') return again('not sent: scheduled fault');
  try {
    const response = await fetch(way.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...way.sender.headersOf(event.body) },
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
