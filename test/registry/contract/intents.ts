import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../shared/domain/change.ts';
import type { Intent, Opened } from '../../../shared/ports/registry/intents.ts';
import type { Registry } from '../../../shared/ports/registry/registry.ts';
import { anIntent, aRun, fresh, noon } from './samples.ts';

const lease = 60_000;
const done: Outcome = { is: 'done', object: 'guid-1', requestId: 'request-1' };
const failed: Outcome = { is: 'failed', problem: { code: 'target-refused', message: 'no' } };

/** What the store of intents promises. */
export function intentsContract(registry: () => Registry): void {
  const intents = () => registry().stores.intents;
  const open = (intent: Intent, now = noon): Promise<Opened> =>
    registry().transaction((inside) => inside.intents.open(intent, now, now + lease));

  describe('an intent', () => {
    it('is open for whoever opened it, with all that it was given', async () => {
      const intent = anIntent(await aRun(registry()));
      const opened = await open(intent);
      expect(opened.is).toBe('opened');
      expect(await intents().byId(intent.changeId)).toMatchObject({
        ...intent,
        state: 'open',
        leaseUntil: noon + lease,
        sentAt: null,
        outcome: null,
        openedAt: noon,
      });
      expect(await intents().byId('unknown')).toBeUndefined();
    });

    it('is busy for everybody else until the lease runs out, then taken over', async () => {
      const intent = anIntent(await aRun(registry()));
      await open(intent);
      expect(await open(intent, noon + lease - 1)).toEqual({ is: 'busy', until: noon + lease });
      expect((await open(intent, noon + lease)).is).toBe('taken-over');
      expect((await open(intent, noon + lease)).is).toBe('busy');
    });

    it('is free earlier when those who hold leases are known to be gone, never later', async () => {
      const [left, over] = [anIntent(await aRun(registry())), anIntent(await aRun(registry()))];
      await open(left);
      await open(over, noon - lease);
      await intents().shortenLeases(noon + 10);
      expect(await open(left, noon + 9)).toEqual({ is: 'busy', until: noon + 10 });
      expect((await open(left, noon + 10)).is).toBe('taken-over');
      expect((await open(over, noon)).is).toBe('taken-over');
    });

    it('is opened by one of several who try at once', async () => {
      const intent = anIntent(await aRun(registry()));
      const opened = await Promise.all([1, 2, 3, 4].map(() => open(intent)));
      expect(opened.map(({ is }) => is).toSorted()).toEqual(['busy', 'busy', 'busy', 'opened']);
    });

    it('says that it was sent, which only the holder of the lease may say', async () => {
      const intent = anIntent(await aRun(registry()));
      await open(intent);
      expect(await intents().markSending(intent.changeId, noon + lease + 1, null, noon + 1)).toBe(false);
      expect(await intents().markSending(intent.changeId, noon + lease, { title: null }, noon + 1)).toBe(true);
      await intents().markAnswered(intent.changeId, 'guid-1', 'request-1');
      const later = await open(intent, noon + lease);
      expect(later).toMatchObject({
        is: 'taken-over',
        row: { sentAt: noon + 1, observedBefore: { title: null }, objectId: 'guid-1', requestId: 'request-1' },
      });
    });

    it('that was given back is free at once, and forgets the sending only when nothing was sent', async () => {
      const intent = anIntent(await aRun(registry()));
      await open(intent);
      await intents().markSending(intent.changeId, noon + lease, null, noon);
      await intents().release({ ...intent, leaseUntil: noon + lease }, false);
      const second = await open(intent, noon + 1);
      expect(second).toMatchObject({ is: 'taken-over', row: { sentAt: noon } });
      await intents().release({ ...intent, leaseUntil: noon + 1 + lease }, true);
      expect(await open(intent, noon + 2)).toMatchObject({ is: 'taken-over', row: { sentAt: null } });
    });

    it('is not given back by a worker whose lease another has taken over', async () => {
      const intent = anIntent(await aRun(registry()));
      await open(intent);
      await open(intent, noon + lease);
      await intents().release({ ...intent, leaseUntil: noon + lease }, false);
      expect(await open(intent, noon + lease + 1)).toMatchObject({ is: 'busy' });
    });

    it('that was done stays done, whoever asks again', async () => {
      const intent = anIntent(await aRun(registry()));
      await open(intent);
      await intents().close(intent.changeId, done, noon + 3);
      await intents().close(intent.changeId, failed, noon + 4);
      expect(await open(intent, noon + lease * 2)).toMatchObject({ is: 'closed', row: { outcome: done, closedAt: noon + 3 } });
    });

    it('that failed can be asked for again', async () => {
      const intent = anIntent(await aRun(registry()));
      await open(intent);
      await intents().close(intent.changeId, failed, noon);
      expect(await open(intent, noon + 1)).toMatchObject({ is: 'taken-over', row: { state: 'open', outcome: null, closedAt: null } });
    });

    it('keeps others from the same object in its lane, not in the other', async () => {
      const run = await aRun(registry());
      const objectKey = fresh('object');
      await open(anIntent(run, { objectKey }));
      expect(await open(anIntent(run, { objectKey }), noon + 10)).toEqual({ is: 'busy', until: noon + lease });
      expect((await open(anIntent(run, { objectKey, lane: 'contain' }))).is).toBe('opened');
    });

    it('whose run is over gives its object free when its lease has run out, and is closed as unknown', async () => {
      const old = await aRun(registry());
      const objectKey = fresh('object');
      const left = anIntent(old, { objectKey });
      await open(left);
      const next = anIntent(await aRun(registry(), { personId: old.personId, epoch: 2 }), { objectKey, epoch: 2 });
      expect((await open(next, noon + lease)).is).toBe('busy');
      expect((await intents().byId(left.changeId))?.state).toBe('open');
      await registry().stores.runs.supersede(old.personId, 2, noon);
      expect((await open(next, noon + lease - 1)).is).toBe('busy');
      expect((await open(next, noon + lease)).is).toBe('busy');
      expect((await open(next, noon + lease)).is).toBe('opened');
      expect(await intents().byId(left.changeId)).toMatchObject({ state: 'closed', outcome: { is: 'unknown' } });
    });

    it('is listed with its run, in the order of its plan', async () => {
      const run = await aRun(registry());
      const [second, first] = [anIntent(run, { position: 1 }), anIntent(run, { position: 0 })];
      await open(second);
      await open(first);
      expect((await intents().of(run.id)).map(({ changeId }) => changeId)).toEqual([first.changeId, second.changeId]);
    });
  });
}
