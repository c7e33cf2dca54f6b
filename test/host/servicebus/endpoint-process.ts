import { startServiceBus } from '../../../host/servicebus/start-service-bus.ts';

// A process that holds an endpoint until it is killed: `node endpoint-process.ts <database> [<port>]`. It prints its port.
const [databasePath = '', port = '0'] = process.argv.slice(2);
const endpoint = await startServiceBus({
  port: Number(port),
  databasePath,
  queues: [{ name: 'events' }, { name: 'lifecycle', requiresSession: true }],
});
console.log(endpoint.port);
