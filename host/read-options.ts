import { parseArgs } from 'node:util';
import type { ClockKind } from './clock/open-clock.ts';
import { SYNC_MODES } from './data/sync-mode.ts';
import type { SyncMode } from './data/sync-mode.ts';
import { HostError } from './host-error.ts';
import { messageOf } from './message-of.ts';
import type { HostOptions } from './start-host.ts';

const USAGE =
  'Usage: host/cli.ts <folder> [--port N] [--data DIR] [--servicebus-port N|none] [--clock wall|virtual|paused] [--sync normal|full]';

/**
 * Reads the command line; what is absent comes from PORT, GATEHOUSE_DATA_DIR, GATEHOUSE_HOST_SYNC and the defaults; a port in neither is left to the
 * app. An empty variable counts as absent.
 * Throws `HostError` that names the argument or variable and what it should be.
 */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): HostOptions {
  const { values, positionals } = parse(args);
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) throw new HostError(USAGE);
  const serviceBusPort = values['servicebus-port'];
  const given = values.port ?? (environment['PORT'] || undefined);
  return {
    folder,
    port: given === undefined ? undefined : port(given, values.port === undefined ? 'PORT' : '--port'),
    dataFolder: values.data ?? (environment['GATEHOUSE_DATA_DIR'] || '.gatehouse'),
    serviceBusPort: serviceBusPort === undefined || serviceBusPort === 'none' ? serviceBusPort : port(serviceBusPort, '--servicebus-port'),
    clock: values.clock === undefined ? undefined : clockKind(values.clock),
    sync: syncMode(
      values.sync ?? (environment['GATEHOUSE_HOST_SYNC'] || 'normal'),
      values.sync === undefined ? 'GATEHOUSE_HOST_SYNC' : '--sync',
    ),
  };
}

type Values = { port?: string; data?: string; 'servicebus-port'?: string; clock?: string; sync?: string };

function parse(args: readonly string[]): { values: Values; positionals: string[] } {
  const option = { type: 'string' } as const;
  const options = { port: option, data: option, 'servicebus-port': option, clock: option, sync: option };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new HostError(`${messageOf(error)}. ${USAGE}`);
  }
}

function clockKind(text: string): ClockKind {
  if (text === 'wall' || text === 'virtual' || text === 'paused') return text;
  throw new HostError(`--clock is "${text}". Give wall, virtual, or paused (virtual, and standing still until it is told otherwise).`);
}

function port(text: string, setting: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
  throw new HostError(`${setting} is "${text}", which is no port. Give a whole number from 0 (any free port) to 65535.`);
}

function syncMode(text: string, setting: string): SyncMode {
  const mode = SYNC_MODES.find((one) => one === text.toLowerCase());
  if (mode) return mode;
  throw new HostError(
    `${setting} is "${text}". Give "normal" (what is stored survives the end of the process) or "full" (a loss of power too).`,
  );
}
