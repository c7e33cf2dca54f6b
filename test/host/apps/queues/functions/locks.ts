import { app } from '@azure/functions';
import { effect } from '../effect.ts';

const connection = 'GATEHOUSE_SERVICEBUS';

app.serviceBusQueue('unsettled', {
  connection,
  queueName: 'unsettled',
  autoCompleteMessages: false,
  handler: (message, context) => effect({ fn: 'unsettled', message, delivery: context.triggerMetadata?.['deliveryCount'] }),
});

// Takes longer than the locks of its queues last.
async function long(fn: string, message: unknown): Promise<void> {
  effect({ fn, message, is: 'begin' });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  effect({ fn, message, is: 'end' });
}
app.serviceBusQueue('long', { connection, queueName: 'long', handler: (message) => long('long', message) });
app.serviceBusQueue('longSession', {
  connection,
  queueName: 'long-session',
  isSessionsEnabled: true,
  handler: (message) => long('longSession', message),
});
