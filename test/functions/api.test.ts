import { afterAll, beforeAll, describe } from 'vitest';
import { type Gatehouse, startGatehouse } from '../support/product.ts';
import { auditIsKept } from './audit.ts';
import { eventsAreTakenIn, largestBatchIsTakenIn } from './intake.ts';
import { configWith } from '../config/config-with.ts';
import { otherSourcesAreTakenIn } from './other-sources.ts';
import { everyRouteIsLocked } from './every-route.ts';
import { knownSenders, sendersAreKnown } from './known-senders.ts';
import { pagesAreGuarded } from './pages.ts';
import { recordsAreRead } from './reading.ts';
import { smokeTestIsRun } from './smoke.ts';
import { tokensAreAsked } from './tokens.ts';

// One product for all: starting it takes longer than any of the tests.
describe('The HTTP API', { timeout: 90_000 }, () => {
  let gatehouse: Gatehouse | undefined;
  const stage = (): Gatehouse => {
    if (gatehouse === undefined) throw new Error('It has not been started.');
    return gatehouse;
  };
  beforeAll(async () => {
    const sources = ['bamboohr', 'csv'].map((kind) => {
      const from = `kind: ${kind}\n    mode: observe`;
      return { file: 'sources.yaml', from, to: from.replace('observe', 'enforce') };
    });
    gatehouse = await startGatehouse({
      environment: {
        GATEHOUSE_CONFIG_DIR: configWith([...sources, { file: 'sources.yaml', from: 'sources:\n', to: knownSenders }]),
        GATEHOUSE_LOG_LEVEL: 'warn',
      },
    });
  }, 90_000);
  afterAll(() => gatehouse?.stop());

  tokensAreAsked(stage);
  everyRouteIsLocked(stage);
  sendersAreKnown(stage);
  eventsAreTakenIn(stage);
  recordsAreRead(stage);
  auditIsKept(stage);
  pagesAreGuarded(stage);
  // Late: the lists of runs above count those planned.
  otherSourcesAreTakenIn(stage);
  smokeTestIsRun(stage);
  largestBatchIsTakenIn(stage);
});
