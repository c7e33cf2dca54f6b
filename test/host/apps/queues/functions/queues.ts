import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { effect } from '../effect.ts';

const connection = 'GATEHOUSE_SERVICEBUS';
let running = 0;

app.serviceBusQueue('plain', {
  connection,
  queueName: '%PLAIN_QUEUE%',
  handler: (message, context) => {
    const meta = context.triggerMetadata ?? {};
    effect({
      fn: 'plain',
      message,
      messageId: meta['messageId'],
      delivery: meta['deliveryCount'],
      properties: meta['applicationProperties'],
      enqueued: typeof meta['enqueuedTimeUtc'],
    });
    if (message === 'poison') throw new Error('poisoned');
  },
});
app.serviceBusQueue('ordered', {
  connection,
  queueName: 'ordered',
  isSessionsEnabled: true,
  handler: async (message, context) => {
    const session = context.triggerMetadata?.['sessionId'];
    effect({ fn: 'ordered', session, message, is: 'begin' });
    await new Promise((resolve) => setTimeout(resolve, 10));
    effect({ fn: 'ordered', session, message, is: 'end' });
  },
});
app.serviceBusQueue('slow', {
  connection,
  queueName: 'slow',
  extraInputs: [df.input.durableClient()],
  handler: async (message, context) => {
    running += 1;
    effect({ fn: 'slow', message, running });
    await new Promise((resolve) => setTimeout(resolve, 40));
    running -= 1;
    await df.getClient(context).startNew('handle', { instanceId: `handle-${String(message)}`, input: message });
  },
});
// Of two messages that come for the first time, one is done and the other fails so many microtasks later, all within one turn of the event loop.
const waiting: { readonly succeed: () => void; readonly fail: (problem: Error) => void }[] = [];
app.serviceBusQueue('pairs', {
  connection,
  queueName: 'pairs',
  handler: async (message, context) => {
    const delivery = context.triggerMetadata?.['deliveryCount'];
    effect({ fn: 'pairs', message, delivery });
    if (delivery !== 1) return;
    await new Promise<void>((succeed, fail) => {
      waiting.push({ succeed, fail });
      if (waiting.length === 2) void endApart(Number(message));
    });
  },
});

async function endApart(microtasks: number): Promise<void> {
  const [first, second] = waiting.splice(0);
  first?.succeed();
  for (let passed = 0; passed < microtasks; passed += 1) await Promise.resolve();
  second?.fail(new Error('not this time'));
}

df.app.activity('record', { handler: (input) => effect({ fn: 'record', input }) });
df.app.orchestration('handle', function* (context) {
  yield context.df.callActivity('record', context.df.getInput());
});
