import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { promptRelay } from '../../shared/operations/prompt-relay.ts';
import { relayOutbox, type RelayDeps } from '../../shared/operations/relay-outbox.ts';
import type { QueueMessage } from '../../shared/ports/queue.ts';
import { type PushOnly, pushOnlyProduct } from './push-only.ts';
import { anEvent } from './sample-event.ts';

let product: PushOnly;
let deps: RelayDeps;
let transfers: (readonly QueueMessage[])[];
let queue: 'up' | 'down' | 'silent';

beforeAll(async () => {
  product = await pushOnlyProduct();
  const send = async (messages: readonly QueueMessage[], signal: AbortSignal): Promise<void> => {
    if (queue === 'down') throw new Error('the queue is away');
    if (queue === 'silent') await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('given up'))));
    transfers.push(messages);
  };
  deps = { registry: product.registry, clock: product.operations.clock, queue: { send } };
}, 120_000);
afterAll(() => product.close());
beforeEach(async () => {
  [transfers, queue] = [[], 'up'];
  await relayOutbox(deps, -Number.MAX_SAFE_INTEGER / 2);
  transfers = [];
});

async function takeIn(count: number): Promise<readonly string[]> {
  const events = Array.from({ length: count }, () => anEvent());
  return (await product.deliver({ events })).events.map(({ inboxId }) => inboxId ?? '');
}
const sent = (): readonly string[] => transfers.flat().flatMap(({ body }) => ('inboxId' in body ? [body.inboxId] : []));

describe('What was taken in and not handed to the queue at once', () => {
  it('is handed over later, once, under an id by which the queue knows a repetition', async () => {
    const ids = await takeIn(3);
    expect(await relayOutbox(deps, 0)).toBe(3);
    expect(sent().toSorted()).toEqual([...ids].toSorted());
    expect(transfers.flat().map(({ messageId }) => messageId)).toEqual(sent());
    expect(transfers.flat()[0]).toMatchObject({ queue: 'lifecycle-events', sessionId: 'generic:10042' });
    expect(await relayOutbox(deps, 0)).toBe(0);
  });

  it('is left to the prompt transfer while it is young', async () => {
    await takeIn(1);
    expect(await relayOutbox(deps, 2000)).toBe(0);
    product.time.now += 2000;
    expect(await relayOutbox(deps, 2000)).toBe(1);
  });

  it('stays when the queue is away, and goes when it is back, under the same id', async () => {
    const [id] = await takeIn(1);
    queue = 'down';
    await expect(relayOutbox(deps, 0)).rejects.toThrow('the queue is away');
    queue = 'up';
    expect(await relayOutbox(deps, 0)).toBe(1);
    expect(transfers.flat().map(({ messageId }) => messageId)).toEqual([id]);
  });

  it('that has to be handed over again gets another id, for it is no repetition', async () => {
    const [id] = await takeIn(1);
    await relayOutbox(deps, 0);
    await product.registry.stores.outbox.sendAgain(id ?? '', product.time.now);
    await relayOutbox(deps, 0);
    expect(transfers.flat().map(({ messageId }) => messageId)).toEqual([id, `${id}.1`]);
  });

  it('goes in transfers of at most five hundred', async () => {
    await takeIn(600);
    expect(await relayOutbox(deps, 0)).toBe(600);
    expect(transfers.map((messages) => messages.length)).toEqual([500, 100]);
  });
});

describe('The prompt transfer', () => {
  it('takes all that came in at nearly the same time in one go', async () => {
    const [one, other] = [await takeIn(2), await takeIn(1)];
    const relay = promptRelay(deps);
    await Promise.all([relay.offer(one), relay.offer(other)]);
    expect(transfers).toHaveLength(1);
    expect(sent().toSorted()).toEqual([...one, ...other].toSorted());
    expect(await relayOutbox(deps, 0)).toBe(0);
  });

  it.each(['down', 'silent'] as const)(
    'does not keep the sender of an event waiting when the queue is %s; the event goes later',
    async (state) => {
      const ids = await takeIn(1);
      queue = state;
      await promptRelay(deps).offer(ids);
      queue = 'up';
      expect(await relayOutbox(deps, 0)).toBe(1);
    },
  );
});
