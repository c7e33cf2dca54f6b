import { afterAll, beforeAll, describe } from 'vitest';
import { type Gatehouse, startGatehouse } from '../support/product.ts';
import { noticesAreHeeded } from './graph-notices.ts';
import { leaversAreShut } from './leavers.ts';
import { placesChange } from './movers.ts';
import { openedAccountsAreFound } from './sweep.ts';

// One company and one product for all.
describe('What happens to people who are known', { timeout: 90_000 }, () => {
  let gatehouse: Gatehouse | undefined;
  const stage = (): Gatehouse => {
    if (gatehouse === undefined) throw new Error('It has not been started.');
    return gatehouse;
  };
  beforeAll(async () => {
    gatehouse = await startGatehouse();
  }, 90_000);
  afterAll(() => gatehouse?.stop());

  noticesAreHeeded(stage);
  leaversAreShut(stage);
  placesChange(stage);
  openedAccountsAreFound(stage);
});
