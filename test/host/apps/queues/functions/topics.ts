import { app, output } from '@azure/functions';
import { effect } from '../effect.ts';

const connection = 'GATEHOUSE_SERVICEBUS';
const subscriptionName = '%JOINERS%';

app.serviceBusTopic('joiners', {
  connection,
  topicName: 'people',
  subscriptionName,
  return: output.serviceBusQueue({ connection, queueName: 'sent' }),
  handler: (message, context) => {
    effect({ fn: 'joiners', message, subject: context.triggerMetadata?.['subject'] });
    return `hello ${JSON.stringify(message)}`;
  },
});
app.serviceBusTopic('everybody', {
  connection,
  topicName: 'people',
  subscriptionName: 'everybody',
  isSessionsEnabled: true,
  handler: (message, context) => effect({ fn: 'everybody', message, session: context.triggerMetadata?.['sessionId'] }),
});

const queue = output.serviceBusQueue({ connection, queueName: '%SENT%' });
const topic = output.serviceBusTopic({ connection, topicName: 'announcements' });

// Sends what it is asked to.
app.http('send', {
  methods: ['POST'],
  extraOutputs: [queue, topic],
  handler: async (request, context) => {
    const { toQueue, toTopic, bytes } = (await request.json()) as { toQueue?: unknown; toTopic?: unknown; bytes?: string };
    context.extraOutputs.set(queue, bytes === undefined ? toQueue : Buffer.from(bytes, 'hex'));
    context.extraOutputs.set(topic, toTopic);
    return { body: 'sent' };
  },
});
