import { afterAll, beforeAll, describe } from 'vitest';
import { type Gatehouse, startGatehouse } from '../support/product.ts';
import { auditIsKept } from './audit.ts';
import { eventsAreTakenIn } from './intake.ts';
import { pagesAreGuarded } from './pages.ts';
import { recordsAreRead } from './reading.ts';
import { tokensAreAsked } from './tokens.ts';

// One product for all: starting it takes longer than any of the tests.
describe('The HTTP API', { timeout: 90_000 }, () => {
  let gatehouse: Gatehouse | undefined;
  const stage = (): Gatehouse => {
    if (gatehouse === undefined) throw new Error('It has not been started.');
    return gatehouse;
  };
  beforeAll(async () => {
    gatehouse = await startGatehouse();
  }, 90_000);
  afterAll(() => gatehouse?.stop());

  tokensAreAsked(stage);
  eventsAreTakenIn(stage);
  recordsAreRead(stage);
  auditIsKept(stage);
  pagesAreGuarded(stage);
});
