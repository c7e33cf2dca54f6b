import { afterAll, beforeAll, describe } from 'vitest';
import { type Gatehouse, startGatehouse } from '../support/product.ts';
import { leaversAreShut } from './leavers.ts';

describe('From the end of an engagement to closed accounts', { timeout: 90_000 }, () => {
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
});
