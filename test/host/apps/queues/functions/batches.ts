import { app } from '@azure/functions';
import type { InvocationContext } from '@azure/functions';
import { effect } from '../effect.ts';

const connection = 'GATEHOUSE_SERVICEBUS';
const cardinality = 'many';

function metadata({ triggerMetadata = {} }: InvocationContext, ...names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, triggerMetadata[name]]));
}

app.serviceBusQueue('batch', {
  connection,
  queueName: 'batch',
  cardinality,
  handler: (messages, context) => {
    const seen = metadata(context, 'messageIdArray', 'correlationIdArray', 'deliveryCountArray', 'userPropertiesArray', 'sessionIdArray');
    effect({ fn: 'batch', messages, ...seen });
    if (Array.isArray(messages) && messages.includes('poison')) throw new Error('poisoned');
  },
});
app.serviceBusQueue('batchOfSession', {
  connection,
  queueName: 'batch-of-session',
  cardinality,
  isSessionsEnabled: true,
  handler: (messages, context) => effect({ fn: 'batchOfSession', messages, ...metadata(context, 'sessionIdArray') }),
});
app.serviceBusQueue('bytes', {
  connection,
  queueName: 'bytes',
  handler: (message) => effect({ fn: 'bytes', message: Buffer.isBuffer(message) ? `bytes ${message.toString('hex')}` : message }),
});
const binary = {
  connection,
  queueName: 'binary',
  cardinality,
  dataType: 'binary',
  handler: (messages: unknown): void => {
    const texts = (Array.isArray(messages) ? messages : []).map((one: unknown) =>
      Buffer.isBuffer(one) ? `bytes ${one.toString('hex')}` : one,
    );
    effect({ fn: 'binary', messages: texts });
  },
} as const;
app.serviceBusQueue('binary', binary);
