import { describe, expect, it } from 'vitest';
import type { OutboxRow } from '../../../shared/ports/registry/inbox.ts';
import type { Registry } from '../../../shared/ports/registry/registry.ts';
import { anEvent, fresh, noon } from './samples.ts';

/** What inbox and outbox promise. */
export function inboxContract(registry: () => Registry): void {
  const inbox = () => registry().stores.inbox;
  const outbox = () => registry().stores.outbox;

  describe('the inbox', () => {
    it('keeps an event once, with everything it was given, and hands it to the queue', async () => {
      const event = anEvent({ urgent: true, batchId: 'batch-1', body: '{"name":"Zoë 李"}' });
      const [taken] = await inbox().take([event]);
      expect(taken?.is).toBe('accepted');
      expect(await inbox().byId(taken?.inboxId ?? '')).toEqual({ ...event, inboxId: taken?.inboxId, state: 'received', reason: null });
      expect(await inbox().byId('unknown')).toBeUndefined();
      expect(await outbox().byInbox([taken?.inboxId ?? ''])).toMatchObject([
        { topic: 'lifecycle-urgent', sessionId: `generic:${event.workerId}`, attempts: 0 },
      ]);
    });

    it('answers a repetition as a duplicate and hands it to the queue only once', async () => {
      const event = anEvent();
      const [first] = await inbox().take([event]);
      const [second] = await inbox().take([{ ...event, receivedAt: noon + 1 }]);
      expect(second).toEqual({ is: 'duplicate', inboxId: first?.inboxId });
      expect(await outbox().byInbox([first?.inboxId ?? ''])).toHaveLength(1);
    });

    it('answers a known id with another body as a conflict, and the first body stays', async () => {
      const event = anEvent({ body: '{"first":1}' });
      await inbox().take([event]);
      const [second] = await inbox().take([{ ...event, bodyHash: 'another', body: '{"second":2}' }]);
      expect(second?.is).toBe('conflict');
      expect((await inbox().byId(second?.inboxId ?? ''))?.body).toBe('{"first":1}');
    });

    it('answers every event of a batch in order: the same id twice is a duplicate, with another body a conflict', async () => {
      const event = anEvent();
      const other = anEvent();
      const answers = await inbox().take([event, other, event, { ...event, bodyHash: 'another' }]);
      expect(answers.map(({ is }) => is)).toEqual(['accepted', 'accepted', 'duplicate', 'conflict']);
    });

    it('lets only one of two settle an event', async () => {
      const [taken] = await inbox().take([anEvent()]);
      const id = taken?.inboxId ?? '';
      const settled = await Promise.all([inbox().settle(id, 'folded', 'one'), inbox().settle(id, 'stale', 'other')]);
      expect(settled.filter(Boolean)).toHaveLength(1);
      expect(await inbox().settle(id, 'held', 'later')).toBe(false);
    });

    it('counts events by where they stand', async () => {
      const before = await inbox().counts();
      const [taken] = await inbox().take([anEvent(), anEvent()]);
      await inbox().settle(taken?.inboxId ?? '', 'folded', null);
      const after = await inbox().counts();
      expect([after.received - before.received, after.folded - before.folded]).toEqual([1, 1]);
    });

    it('lists rejected events, newest first, at most as many as asked for', async () => {
      const reasons = [fresh('a'), fresh('b'), fresh('c')];
      for (const reason of reasons) await inbox().reject({ source: 'generic', receivedAt: noon, reason, excerpt: 'x' });
      expect((await inbox().rejected(2)).map(({ reason }) => reason)).toEqual([reasons[2], reasons[1]]);
    });

    it('takes nothing when the transaction it is part of fails', async () => {
      const event = anEvent();
      const failing = registry().transaction(async (stores) => {
        await stores.inbox.take([event]);
        throw new Error('on purpose');
      });
      await expect(failing).rejects.toThrow('on purpose');
      expect((await inbox().take([event]))[0]?.is).toBe('accepted');
    });
  });

  describe('the outbox', () => {
    const take = async (receivedAt: number): Promise<OutboxRow> => {
      const [taken] = await inbox().take([anEvent({ receivedAt })]);
      const [row] = await outbox().byInbox([taken?.inboxId ?? '']);
      if (row === undefined) throw new Error('no outbox row');
      return row;
    };

    it('names what is due and not yet sent, oldest first', async () => {
      const old = await take(1000);
      const older = await take(500);
      const young = await take(noon * 2);
      const ids = (await outbox().unsent(1000, noon)).map(({ id }) => id);
      expect(ids.slice(0, 2)).toEqual([older.id, old.id]);
      expect(ids).not.toContain(young.id);
      expect(await outbox().unsent(1, noon)).toHaveLength(1);
      await outbox().markSent([old.id, older.id, young.id], noon);
      expect((await outbox().unsent(1000, noon * 3)).map(({ id }) => id)).not.toEqual(expect.arrayContaining([old.id]));
      expect(await outbox().byInbox([])).toEqual([]);
    });

    it('brings back what was handed over long ago and never folded, as a new attempt', async () => {
      const [lost, folded, young] = [await take(noon), await take(noon), await take(noon)];
      await outbox().markSent([lost.id, folded.id], noon);
      await outbox().markSent([young.id], noon + 10);
      await inbox().settle(folded.inboxId, 'folded', null);
      expect(await outbox().revive(noon + 10, noon + 500)).toBeGreaterThanOrEqual(1);
      const back = (await outbox().unsent(1000, noon + 500)).filter(({ id }) => [lost.id, folded.id, young.id].includes(id));
      expect(back).toEqual([{ ...lost, attempts: 1 }]);
      await outbox().markSent([lost.id], noon * 2);
    });

    it('hands an event over again when asked, as a new attempt and not before it is due', async () => {
      const row = await take(noon);
      await outbox().markSent([row.id], noon);
      await outbox().sendAgain(row.inboxId, noon + 1000);
      expect((await outbox().unsent(1000, noon + 999)).map(({ id }) => id)).not.toContain(row.id);
      expect(await outbox().unsent(1000, noon + 1000)).toContainEqual({ ...row, attempts: 1 });
      expect(await outbox().attemptsOf(row.inboxId)).toBe(1);
      await outbox().markSent([row.id], noon);
    });
  });
}
