import { startServiceBus } from '../../../host/servicebus/start-service-bus.ts';

// A process that holds an endpoint until it is killed: `node endpoint-process.ts <database> [<port>]`. It prints its port.
const [databasePath = '', port = '0'] = process.argv.slice(2);
const red = { name: 'red', filter: { is: 'sql', expression: "color = 'red'" } } as const;
const endpoint = await startServiceBus({
  port: Number(port),
  databasePath,
  queues: [
    { name: 'events', maxDeliveryCount: 1000 },
    { name: 'lifecycle', requiresSession: true, maxDeliveryCount: 1000 },
    { name: 'unique', requiresDuplicateDetection: true, maxDeliveryCount: 1000 },
  ],
  topics: [{ name: 'people', subscriptions: [{ name: 'all' }, { name: 'red', rules: [red] }, { name: 'ordered', requiresSession: true }] }],
});
console.log(endpoint.port);
