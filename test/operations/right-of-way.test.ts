import { expect, it } from 'vitest';
import { rightOfWay } from '../../shared/operations/right-of-way.ts';

const longMs = 60_000;

it('work that can wait goes on at once while nothing more urgent is under way', async () => {
  await rightOfWay(longMs).clear();
});

it('work that can wait goes on in its order when the last of what is more urgent is over', async () => {
  const way = rightOfWay(longMs);
  const [leave, leaveToo] = [way.enter(), way.enter()];
  const order: number[] = [];
  const waiting = [1, 2, 3].map((number) => way.clear().then(() => order.push(number)));
  leave();
  leave();
  await new Promise((resolve) => setImmediate(resolve));
  expect(order).toEqual([]);
  leaveToo();
  await Promise.all(waiting);
  expect(order).toEqual([1, 2, 3]);
});

it('work that can wait comes to its turn, one at a time, however long the urgent work goes on', async () => {
  const way = rightOfWay(1);
  way.enter();
  await Promise.all([way.clear(), way.clear()]);
});
