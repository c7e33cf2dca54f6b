import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventKeeper, type Keeping } from '../../shared/operations/keep-events.ts';
import type { NewEvent } from '../../shared/ports/registry/inbox.ts';
import type { Registry } from '../../shared/ports/registry/registry.ts';
import { freshRegistry } from '../support/fresh-registry.ts';

let registry: Registry;
let statements: number;
let counting: Registry;
beforeAll(async () => {
  registry = await freshRegistry();
  counting = {
    ...registry,
    ingest: {
      ...registry.ingest,
      inbox: {
        ...registry.ingest.inbox,
        take: (events) => {
          statements += 1;
          return registry.ingest.inbox.take(events);
        },
      },
    },
  };
}, 120_000);
afterAll(() => registry.close());

let last = 0;
function anEvent(change: Partial<NewEvent> = {}): NewEvent {
  last += 1;
  const common = { source: 'generic', bodyHash: `hash-${last}`, batchId: null, workerId: '10042', urgent: false, body: '{}' };
  return { ...common, eventId: `evt-${last}`, occurredAt: 0, receivedAt: 0, ...change };
}

const good = (...events: NewEvent[]): Keeping => ({ events, refused: [] });

async function keepAll(keepings: readonly Keeping[]) {
  statements = 0;
  const keeper = eventKeeper(counting);
  return Promise.allSettled(keepings.map((keeping) => keeper.keep(keeping)));
}

describe('Deliveries that come in at the same time', () => {
  it('are committed together, and each is told of its own events, in their order', async () => {
    const [one, other] = [anEvent(), anEvent()];
    const answers = await keepAll([
      good(anEvent()),
      good(one, other),
      good(),
      good(other, { ...one, bodyHash: 'another' }),
      good(anEvent()),
    ]);
    const taken = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.map(({ is }) => is) : answer.reason));
    expect(taken).toEqual([['accepted'], ['accepted', 'accepted'], [], ['duplicate', 'conflict'], ['accepted']]);
    expect(statements).toBe(2);
  });

  it('do not fall with one of them that the database refuses', async () => {
    const [sound, broken, also] = [anEvent(), anEvent({ body: 'no text with \0 in it' }), anEvent()];
    const answers = await keepAll([good(anEvent()), good(sound), good(broken), good(also)]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    const kept = (await registry.stores.outbox.unsent(1000, 1)).length;
    expect(
      (await keepAll([good(sound), good(also)])).flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])),
    ).toMatchObject([{ is: 'duplicate' }, { is: 'duplicate' }]);
    expect((await registry.stores.outbox.unsent(1000, 1)).length).toBe(kept);
  });

  it('are split where they would make one transaction too large', async () => {
    const hundreds = Array.from({ length: 8 }, () => good(...Array.from({ length: 400 }, () => anEvent())));
    const answers = await keepAll(hundreds);
    expect(answers.every((answer) => answer.status === 'fulfilled' && answer.value.length === 400)).toBe(true);
    expect(statements).toBe(4);
  });

  it('keep what was refused, with the reason', async () => {
    await keepAll([{ events: [anEvent()], refused: [{ source: 'generic', receivedAt: 7, reason: 'no worker', excerpt: '{' }] }]);
    expect(await registry.stores.inbox.rejected(1)).toMatchObject([{ reason: 'no worker', excerpt: '{', receivedAt: 7 }]);
  });
});
