import { describe, expect, it } from 'vitest';
import { waitingLine } from '../../shared/registry/pglite/waiting-line.ts';

const settled = () => new Promise((resume) => setImmediate(resume));

describe('The line for the one connection', () => {
  it('lets one in at a time, those who go first before the others, each in the order they came', async () => {
    const line = waitingLine(10);
    const entered: string[] = [];
    const ways = new Map<string, () => void>();
    const enter = async (name: string, place: 'first' | 'normal') => {
      const leave = await line.enter(place);
      entered.push(name);
      ways.set(name, leave);
    };
    for (const [name, place] of [
      ['a', 'normal'],
      ['b', 'normal'],
      ['c', 'normal'],
      ['d', 'first'],
      ['e', 'first'],
    ] as const)
      void enter(name, place);
    for (const expected of [['a'], ['a', 'd'], ['a', 'd', 'e'], ['a', 'd', 'e', 'b'], ['a', 'd', 'e', 'b', 'c']]) {
      await settled();
      expect(entered).toEqual(expected);
      ways.get(expected.at(-1) ?? '')?.();
    }
  });

  it('lets nobody in twice because somebody left twice', async () => {
    const line = waitingLine(10);
    const leave = await line.enter('normal');
    const entered: string[] = [];
    for (const name of ['b', 'c']) void line.enter('normal').then(() => entered.push(name));
    leave();
    leave();
    await settled();
    expect(entered).toEqual(['b']);
  });

  it('is free again when all have left', async () => {
    const line = waitingLine(1);
    for (let turn = 0; turn < 3; turn += 1) (await line.enter('normal'))();
  });

  it('refuses whoever comes when it is full, instead of growing without end', async () => {
    const line = waitingLine(2);
    const leave = await line.enter('normal');
    const waiting = [line.enter('normal'), line.enter('first')];
    await expect(line.enter('first')).rejects.toMatchObject({ code: 'store-unavailable' });
    leave();
    (await waiting[1])?.();
    (await waiting[0])?.();
    (await line.enter('normal'))();
  });
});
