// The queues of servicebus.json in a process of their own: `broker-process.ts <port> <file>`.
import process from 'node:process';
import { startServiceBus } from '../../host/servicebus/start-service-bus.ts';
import { readServiceBusFile } from '../../host/settings/read-service-bus-file.ts';

const [port = '0', databasePath = ''] = process.argv.slice(2);
const namespace = readServiceBusFile('.');
if (namespace === undefined) throw new Error('There is no servicebus.json.');
await startServiceBus({ port: Number(port), databasePath, ...namespace });
process.stdout.write('broker ready\n');
