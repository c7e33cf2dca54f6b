import { afterAll, beforeAll, describe } from 'vitest';
import { historiesReplay } from '../replay/histories.ts';
import { type Gatehouse, startGatehouse } from '../support/product.ts';
import { candidatesAreJudged } from './candidates.ts';
import { changesAreTakenIn } from './changes.ts';
import { hiresAreCarriedOut } from './hires.ts';
import { namesAreKept } from './names.ts';
import { passesAreShownOnce } from './passes.ts';
import { tracesAreClean } from './traces.ts';

// One company and one product for all: starting them takes longer than hiring somebody.
describe('From an event of HR to working accounts', { timeout: 90_000 }, () => {
  let gatehouse: Gatehouse | undefined;
  const stage = (): Gatehouse => {
    if (gatehouse === undefined) throw new Error('It has not been started.');
    return gatehouse;
  };
  beforeAll(async () => {
    gatehouse = await startGatehouse();
  }, 90_000);
  afterAll(() => gatehouse?.stop());

  hiresAreCarriedOut(stage);
  passesAreShownOnce(stage);
  namesAreKept(stage);
  candidatesAreJudged(stage);
  changesAreTakenIn(stage);
  // Last: they look at what all the others left; the first of them stops the product.
  tracesAreClean(stage);
  historiesReplay(stage, ['ended', 'superseded']);
});
