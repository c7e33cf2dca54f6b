import { join } from 'node:path';
import { ServiceBusClient } from '@azure/service-bus';
import { steadyPort } from './campaign-ports.ts';
import { type OwnProcess, startProcess } from './campaign-process.ts';

/** A broker that can die while the product lives. */
export type OutsideBroker = {
  /** For the product: an address of this machine in a spelling that the embedded host does not take for its own endpoint. */
  readonly connection: string;
  /** A client of the test's own. */
  readonly client: ServiceBusClient;
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts it on a port and a file that stay the same. */
export async function startOutsideBroker(folder: string): Promise<OutsideBroker> {
  const port = await steadyPort();
  const keys = 'SharedAccessKeyName=Root;SharedAccessKey=x;UseDevelopmentEmulator=true';
  const client = new ServiceBusClient(`Endpoint=sb://127.0.0.1:${port};${keys}`);
  let broker: OwnProcess | undefined;
  const start = async (): Promise<void> => {
    const args = [String(port), join(folder, 'outside-broker.sqlite')];
    broker = startProcess({ script: 'test/support/broker-process.ts', args, environment: {}, readyLine: /^broker ready/m });
    await broker.ready();
  };
  const kill = async (): Promise<void> => broker?.end('SIGKILL');
  await start();
  return {
    connection: `Endpoint=sb://127.1:${port};${keys}`,
    client,
    kill,
    start,
    async stop() {
      await client.close();
      await kill();
    },
  };
}
