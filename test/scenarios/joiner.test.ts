import { afterAll, beforeAll, describe } from 'vitest';
import { historiesReplay } from '../replay/histories.ts';
import { type Collector, startCollector } from '../support/otlp-collector.ts';
import { type Gatehouse, startGatehouse } from '../support/product.ts';
import { candidatesAreJudged } from './candidates.ts';
import { changesAreTakenIn } from './changes.ts';
import { hiresAreCarriedOut } from './hires.ts';
import { namesAreKept } from './names.ts';
import { passesAreShownOnce } from './passes.ts';
import { hiresAreTold, tellingNamesNobody } from './telemetry.ts';
import { tracesAreClean } from './traces.ts';

// One company and one product for all: starting them takes longer than hiring somebody.
describe('From an event of HR to working accounts', { timeout: 90_000 }, () => {
  let gatehouse: Gatehouse | undefined;
  let collecting: Collector | undefined;
  const stage = (): Gatehouse => {
    if (gatehouse === undefined) throw new Error('It has not been started.');
    return gatehouse;
  };
  const collector = (): Collector => {
    if (collecting === undefined) throw new Error('It has not been started.');
    return collecting;
  };
  beforeAll(async () => {
    collecting = await startCollector();
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collecting.url, OTEL_BSP_SCHEDULE_DELAY: '500', GATEHOUSE_LOG_LEVEL: 'info' };
    gatehouse = await startGatehouse({ environment });
  }, 90_000);
  afterAll(async () => {
    await gatehouse?.stop();
    await collecting?.stop();
  });

  hiresAreCarriedOut(stage);
  hiresAreTold({ stage, collector });
  passesAreShownOnce(stage);
  namesAreKept(stage);
  candidatesAreJudged(stage);
  changesAreTakenIn(stage);
  // Last: they look at what all the others left; the first of them stops the product.
  tracesAreClean(stage);
  tellingNamesNobody({ stage, collector });
  historiesReplay(stage, ['ended', 'superseded']);
});
