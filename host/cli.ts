import { parseArgs } from 'node:util';
import { HostError } from './host-error.ts';
import { messageOf } from './message-of.ts';
import { startHost } from './start-host.ts';
import type { HostOptions, RunningHost } from './start-host.ts';

const USAGE = 'Usage: host/cli.ts <folder> [--port N] [--data DIR] [--servicebus-port N]';

/** Reads the command line; what is absent comes from PORT, GATEHOUSE_DATA_DIR and the defaults. Throws `HostError`. */
function readOptions(): HostOptions {
  const { values, positionals } = parse();
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) throw new HostError(USAGE);
  const serviceBusPort = values['servicebus-port'];
  return {
    folder,
    port: port(values.port ?? process.env['PORT'] ?? '7071', values.port === undefined ? 'PORT' : '--port'),
    dataFolder: values.data ?? process.env['GATEHOUSE_DATA_DIR'] ?? '.gatehouse',
    serviceBusPort: serviceBusPort === undefined ? undefined : port(serviceBusPort, '--servicebus-port'),
  };
}

function parse(): { values: { port?: string; data?: string; 'servicebus-port'?: string }; positionals: string[] } {
  const option = { type: 'string' } as const;
  try {
    return parseArgs({ options: { port: option, data: option, 'servicebus-port': option }, allowPositionals: true });
  } catch (error) {
    throw new HostError(`${messageOf(error)}. ${USAGE}`);
  }
}

function port(text: string, setting: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
  throw new HostError(`${setting} is "${text}", which is no port. Give a whole number from 0 (any free port) to 65535.`);
}

function fail(error: unknown): never {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}

async function shutDown(host: RunningHost): Promise<void> {
  try {
    await host.stop();
    process.exit(0);
  } catch (error) {
    fail(error);
  }
}

process.on('uncaughtException', (error) => fail(new Error(`critical host The host ends because of an error that nothing handled: ${messageOf(error)}`)));

try {
  const host = await startHost(readOptions());
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      void shutDown(host);
    });
  }
  process.stdout.write(`host ready ${host.url}\n`);
} catch (error) {
  fail(error);
}
