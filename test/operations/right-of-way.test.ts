import { expect, it } from 'vitest';
import { rightOfWay } from '../../shared/operations/right-of-way.ts';

it('work that can wait goes on at once while nothing more urgent is under way', async () => {
  await rightOfWay().clear(60_000);
});

it('work that can wait goes on when the last of what is more urgent is over', async () => {
  const way = rightOfWay();
  const [leave, leaveToo] = [way.enter(), way.enter()];
  let isClear = false;
  const waiting = way.clear(60_000).then(() => (isClear = true));
  leave();
  leave();
  await Promise.resolve();
  expect(isClear).toBe(false);
  leaveToo();
  await waiting;
  expect(isClear).toBe(true);
});

it('work that can wait has its turn in the end, however long the urgent work goes on', async () => {
  const way = rightOfWay();
  way.enter();
  await way.clear(1);
});
