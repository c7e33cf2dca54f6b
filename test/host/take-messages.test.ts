import { describe, expect, it } from 'vitest';
import { takeMessages } from '../../host/durable/entities/take-messages.ts';
import type { QueuedMessage } from '../../host/durable/entities/take-messages.ts';

const call = (seq: number, parent: string): QueuedMessage => ({ seq, message: { is: 'op', body: { op: 'add', id: String(seq), parent } } });
const lock = (seq: number, parent: string): QueuedMessage => ({
  seq,
  message: { is: 'op', body: { op: null, id: String(seq), parent, lockset: [{ name: 'n', key: 'k' }], pos: 0 } },
});
const release = (seq: number, parent: string): QueuedMessage => ({ seq, message: { is: 'release', body: { parent, id: '' } } });
const taken = (queue: readonly QueuedMessage[], holder: string | null, limit = 100): unknown => {
  const { seqs, operations, lockRequest, lockedBy } = takeMessages(queue, holder, limit);
  return { seqs, operations: operations.map(({ id }) => id), lock: lockRequest?.id, lockedBy };
};

describe('An entity takes from its queue', () => {
  it('all operations in their order where nobody holds its lock, as many as a batch may have', () => {
    const queue = [call(1, 'a'), call(2, 'b'), call(3, 'a')];
    expect(taken(queue, null)).toEqual({ seqs: [1, 2, 3], operations: ['1', '2', '3'], lock: undefined, lockedBy: null });
    expect(taken(queue, null, 2)).toEqual({ seqs: [1, 2], operations: ['1', '2'], lock: undefined, lockedBy: null });
  });

  it('nothing that stands behind a lock request, which is granted after what stands before it', () => {
    expect(taken([call(1, 'a'), lock(2, 'b'), call(3, 'a'), call(4, 'b')], null)).toEqual({
      seqs: [1, 2],
      operations: ['1'],
      lock: '2',
      lockedBy: null,
    });
  });

  it('only what the holder of its lock sends while it is locked', () => {
    expect(taken([call(1, 'a'), call(2, 'b'), lock(3, 'a'), call(4, 'b')], 'b')).toEqual({
      seqs: [2, 4],
      operations: ['2', '4'],
      lock: undefined,
      lockedBy: 'b',
    });
  });

  it('the holder’s last operations first when the lock is released, and then the others', () => {
    expect(taken([call(1, 'a'), call(2, 'b'), release(3, 'b'), call(4, 'b')], 'b')).toEqual({
      seqs: [2, 3, 1, 4],
      operations: ['2', '1', '4'],
      lock: undefined,
      lockedBy: null,
    });
  });

  it('a release of somebody who does not hold the lock without effect', () => {
    expect(taken([release(1, 'a'), call(2, 'a')], 'b')).toEqual({ seqs: [1], operations: [], lock: undefined, lockedBy: 'b' });
  });
});
