import { app } from '@azure/functions';
import type durableFunctions from 'durable-functions';
import type { AppFunction } from './app-function.ts';
import type { Product } from './compose/compose.ts';

const connection = 'GATEHOUSE_SERVICEBUS';

type Durable = Pick<typeof durableFunctions, 'app' | 'input'>;

/** Registers functions with the runtime. Durable Functions is loaded only where one of them is its, or starts one. */
export async function registerFunctions(product: Product, functions: readonly AppFunction[]): Promise<void> {
  const isDurable = functions.some(
    (one) => one.on === 'orchestration' || one.on === 'activities' || ('starts' in one && one.starts === true),
  );
  const durable = isDurable ? await import('durable-functions') : undefined;
  for (const one of functions) register(product, one, durable);
}

function register(product: Product, one: AppFunction, durable: Durable | undefined): void {
  const client = durable === undefined ? {} : { extraInputs: [durable.input.durableClient()] };
  const starting = 'starts' in one && one.starts === true ? client : {};
  switch (one.on) {
    case 'http':
      // Each route looks at its caller itself: keys of the host are no lock.
      return app.http(one.name, {
        methods: [one.method],
        authLevel: 'anonymous',
        route: one.route,
        ...starting,
        handler: one.handler(product),
      });
    case 'queue': {
      const sessions = one.hasSessions === true ? { isSessionsEnabled: true } : {};
      return app.serviceBusQueue(one.name, {
        connection,
        queueName: one.queueName,
        ...sessions,
        ...starting,
        handler: one.handler(product),
      });
    }
    case 'timer':
      return app.timer(one.name, {
        schedule: one.schedule,
        runOnStartup: one.runOnStartup === true,
        ...starting,
        handler: one.handler(product),
      });
    case 'orchestration':
      durable?.app.orchestration(one.name, one.handler);
      return;
    case 'activities':
      for (const [name, handler] of Object.entries(one.handlers(product))) durable?.app.activity(name, { ...client, handler });
  }
}
