import { afterAll, beforeAll, describe } from 'vitest';
import { type Gatehouse, startGatehouse } from '../support/product.ts';
import { leaversAreShut } from './leavers.ts';
import { placesChange } from './movers.ts';

describe('From what HR says of somebody to what the systems show', { timeout: 90_000 }, () => {
  let gatehouse: Gatehouse | undefined;
  const stage = (): Gatehouse => {
    if (gatehouse === undefined) throw new Error('It has not been started.');
    return gatehouse;
  };
  beforeAll(async () => {
    gatehouse = await startGatehouse();
  }, 90_000);
  afterAll(() => gatehouse?.stop());

  leaversAreShut(stage);
  placesChange(stage);
});
