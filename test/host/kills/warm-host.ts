// A host in a process that has loaded what takes long to load and waits for a word on its input, so that a campaign does not wait for it twenty times.
import '@azure/functions';
import '@azure/service-bus';
import { flushCompileCache } from 'node:module';
import process from 'node:process';
import { startHost } from '../../../host/start-host.ts';
import '../../../host/servicebus/start-service-bus.ts';

const [folder = '', dataFolder = ''] = process.argv.slice(2);
process.stdin.once('data', () => void start());
// Its campaign has gone.
process.stdin.once('end', () => process.exit(1));
// A process that is killed does not store what it compiled.
flushCompileCache();
process.stdout.write('warm\n');

async function start(): Promise<void> {
  try {
    const host = await startHost({ folder, port: 0, dataFolder, serviceBusPort: 0 });
    process.stdout.write(`ready ${host.url} ${host.serviceBusPort}\n`);
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  }
}
