import { createHash } from 'node:crypto';
import { z } from 'zod';
import { GatehouseError } from '../../errors.ts';
import type { Ids } from '../../ports/ids.ts';
import type { Notice, Queue } from '../../ports/queue.ts';

export type TakeNoticesDeps = { readonly queue: Queue; readonly ids: Ids };

const mostBytes = 1_000_000;
const mostSubscriptions = 100;
/** Who sends notices waits at most three seconds, and sends again what was not taken. */
const patienceMs = 2000;

/** What we read of a change or lifecycle notification (https://learn.microsoft.com/graph/api/resources/changenotification). */
const notification = z.object({
  subscriptionId: z.string().min(1).max(128),
  clientState: z.string().max(1024).nullish(),
  lifecycleEvent: z.string().nullish(),
});
const body = z.object({ value: z.array(notification).min(1) });
const lifecycles = new Set(['reauthorizationRequired', 'subscriptionRemoved', 'missed']);

/**
 * Hands the notices of a delivery to the queue, as one message, and nothing else: whose they are is seen to afterwards. Of each only the subscription counts, for a notice
 * says no more than “look soon”. Throws `body-too-large`, `input-invalid`, or `target-unreachable` when the queue does not take them.
 */
export async function takeNotices({ queue, ids }: TakeNoticesDeps, rawBody: Uint8Array): Promise<void> {
  const notices = distinct(readBody(rawBody));
  if (notices.length > mostSubscriptions)
    throw new GatehouseError(
      'input-invalid',
      `The delivery names ${notices.length} subscriptions; at most ${mostSubscriptions} are taken at once.`,
    );
  const message = { queue: 'graph-notices', messageId: ids.next(), body: { notices } } as const;
  await queue.send([message], AbortSignal.timeout(patienceMs));
}

function readBody(rawBody: Uint8Array): z.infer<typeof body>['value'] {
  if (rawBody.byteLength > mostBytes)
    throw new GatehouseError('body-too-large', `The body is ${rawBody.byteLength} bytes; at most ${mostBytes} are taken.`);
  const parsed = body.safeParse(parseJson(rawBody));
  if (parsed.success) return parsed.data.value;
  const [issue] = parsed.error.issues;
  throw new GatehouseError(
    'input-invalid',
    `The notices cannot be read: ${issue?.path.map(String).join('.') || 'the body'}: ${issue?.message ?? 'invalid'}.`,
  );
}

function parseJson(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    throw new GatehouseError('input-invalid', 'The body is not JSON in UTF-8.');
  }
}

/** The client state is a secret: only its hash goes on. */
function distinct(notifications: z.infer<typeof body>['value']): readonly Notice[] {
  const found = new Map<string, Notice>();
  for (const { subscriptionId, clientState, lifecycleEvent } of notifications) {
    const stateHash = createHash('sha256')
      .update(clientState ?? '')
      .digest('hex');
    const lifecycle = isLifecycle(lifecycleEvent) ? lifecycleEvent : null;
    const key = JSON.stringify([subscriptionId, stateHash, lifecycle]);
    found.set(key, { subscriptionId, stateHash, lifecycle, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()];
}

function isLifecycle(event: string | null | undefined): event is NonNullable<Notice['lifecycle']> {
  return event != null && lifecycles.has(event);
}
