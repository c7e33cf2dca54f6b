import { transaction } from '../../foundation/transaction.ts';
import type { World } from '../../foundation/world.ts';
import { dueNotices, settleNotice, type DueNotice, type NoticeResult } from './notification-queue.ts';
import { queueNotices } from './queue-notices.ts';
import { queueReminders } from './queue-reminders.ts';

/** The running delivery of notices. `stop` gives up attempts under way, which stay queued. */
export type NotificationPoster = { readonly stop: () => Promise<void> };

// How soon a change, a setting or a jump of the world's clock takes effect, in milliseconds of wall time.
const tickMs = 50;
const attemptTimeoutMs = 10_000;
const looksAt = 500;
const mostInPost = 50;
const firstWaitMs = 1000;
const longestWaitMs = 15 * 60_000;
// https://learn.microsoft.com/graph/change-notifications-delivery-webhooks#receive-notifications
const givenUpAfterMs = 4 * 3_600_000;

/** Turns changes into notices and posts them, several in one post, one post at a time to each address: again after 1, 2, 4 … s of the world's time, at most 15 minutes apart,
 * until a 2xx comes back or 4 hours are over. A fault on `notifications.deliver` keeps a post from being sent (`before`) or loses its answer (`after`). */
export function postNotifications(world: World): NotificationPoster {
  const underWay = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const start = (url: string, notices: readonly DueNotice[]): void => {
    const post = attemptPost(world, { url, notices, stop: stopping.signal }).then((problem) => {
      underWay.delete(url);
      if (!stopping.signal.aborted) settle(world, notices, problem);
    });
    underWay.set(url, post);
  };
  const tick = (): void => {
    transaction(world.database, () => {
      queueNotices(world);
      queueReminders(world);
    });
    if (world.settings.graph.notifications.paused) return;
    const waiting = dueNotices(world.database, world.now(), looksAt).filter(({ url }) => !underWay.has(url));
    for (const [url, notices] of Map.groupBy(waiting, (notice) => notice.url)) start(url, notices.slice(0, mostInPost));
  };
  const timer = setInterval(tick, tickMs);
  const stop = async (): Promise<void> => {
    clearInterval(timer);
    stopping.abort();
    await Promise.all(underWay.values());
  };
  return { stop };
}

type Post = { readonly url: string; readonly notices: readonly DueNotice[]; readonly stop: AbortSignal };

/** Posts once. Returns what went wrong. */
async function attemptPost(world: World, { url, notices, stop }: Post): Promise<string | undefined> {
  const body = JSON.stringify({ value: notices.map((notice) => notice.body) });
  const fault = world.faults.take('graph', 'notifications.deliver', `${url} ${body}`);
  if (fault?.phase === 'before') return 'not sent: scheduled fault';
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(attemptTimeoutMs)]),
    });
    await response.body?.cancel();
    if (fault !== undefined) return 'answer lost: scheduled fault';
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function settle(world: World, notices: readonly DueNotice[], problem: string | undefined): void {
  const now = world.now();
  transaction(world.database, () => {
    for (const notice of notices) settleNotice(world.database, notice.id, resultOf(notice, problem, now));
  });
}

function resultOf(notice: DueNotice, problem: string | undefined, now: number): NoticeResult {
  if (problem === undefined) return { state: 'delivered', dueAt: now, result: 'HTTP 2xx' };
  const isOver = now - notice.createdAt > givenUpAfterMs;
  const dueAt = now + Math.min(firstWaitMs * 2 ** notice.attempts, longestWaitMs);
  return { state: isOver ? 'lost' : 'pending', dueAt, result: problem };
}
