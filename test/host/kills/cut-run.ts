import { copyFileSync, existsSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { ClockStore } from '../../../host/clock/clock-store.ts';
import { openClock } from '../../../host/clock/open-clock.ts';
import { openDatabase } from '../../../host/data/open-database.ts';
import { createWriteBatch } from '../../../host/data/write-batch.ts';
import type { DurableFunctions } from '../../../host/durable/call-function.ts';
import { createTaskHub } from '../../../host/durable/task-hub.ts';
import type { TaskHub } from '../../../host/durable/task-hub.ts';

/** Something a client asks of the engine; it writes at once, and is acknowledged after the commit. */
export type Command = (hub: TaskHub) => Promise<unknown>;

/** What is on the disk after one commit, and how many commands had been given by then. */
export type Moment = { readonly folder: string; readonly given: number; readonly logBytes: number };

/** What became of the instances: id to status and output. */
export type End = Readonly<Record<string, string>>;

const STUCK_MS = 15_000;
const SETTINGS = {
  maxConcurrentActivityFunctions: 4,
  maxConcurrentOrchestratorFunctions: 4,
  entityLimits: { maxConcurrentEntityFunctions: 4, maxEntityOperationBatchSize: 10 },
  httpPollMs: 1000,
  versions: { own: undefined, match: 'None', onMismatch: 'Reject' },
  overridesAnyState: false,
} as const;

/** A run of the durable engine on a database folder, on a virtual clock, with the real libraries of a loaded app. */
export class CutRun {
  readonly #functions: DurableFunctions;
  readonly #commands: readonly Command[];

  constructor(functions: DurableFunctions, commands: readonly Command[]) {
    this.#functions = functions;
    this.#commands = commands;
  }

  /** Gives the commands from `from` on, lets everything come to its end, and keeps a copy of the disk at each commit below `keepIn`. */
  async play(folder: string, from: number, keepIn?: string): Promise<{ readonly end: End; readonly moments: readonly Moment[] }> {
    mkdirSync(folder, { recursive: true });
    const database = openDatabase(join(folder, 'host.sqlite'));
    const moments: Moment[] = [];
    let given = from;
    if (keepIn !== undefined) afterEachCommit(database, () => moments.push(copy(folder, join(keepIn, String(moments.length)), given)));
    const fail = (error: unknown): never => {
      throw error;
    };
    const batch = createWriteBatch(database, fail);
    const clock = openClock('virtual', new ClockStore(database, batch), () => Date.UTC(2030, 0, 1));
    const hub = createTaskHub({ database, batch, clock, onBroken: fail, functions: this.#functions, ...SETTINGS });
    hub.start();
    const isIdle = (): boolean => hub.isIdle() && batch.isIdle();
    clock.start(isIdle);
    for (const command of this.#commands.slice(from)) {
      given += 1;
      await command(hub);
    }
    await untilAllEnded(hub, isIdle);
    clock.stop();
    await hub.stop(1000);
    const end = endOf(hub);
    database.close();
    return { end, moments };
  }
}

async function untilAllEnded({ context }: TaskHub, isIdle: () => boolean): Promise<void> {
  const stuckAt = performance.now() + STUCK_MS;
  while (!isIdle() || context.rows.live().length > 0) {
    if (performance.now() > stuckAt)
      throw new Error(
        `Stuck: ${context.rows
          .live()
          .map(({ id }) => id)
          .join(', ')}.`,
      );
    await turn();
  }
}

function endOf({ context }: TaskHub): End {
  return Object.fromEntries(context.rows.list({ limit: 10_000 }).map(({ id, status, output }) => [id, `${status} ${output}`]));
}

// Before anything that waits for the commit happens: this is what a process that dies now leaves.
function afterEachCommit(database: DatabaseSync, look: () => void): void {
  const exec = database.exec.bind(database);
  database.exec = (sql) => {
    exec(sql);
    if (sql === 'COMMIT') look();
  };
}

function copy(folder: string, to: string, given: number): Moment {
  mkdirSync(to, { recursive: true });
  for (const name of ['host.sqlite', 'host.sqlite-wal'])
    if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(to, name));
  return { folder: to, given, logBytes: statSync(join(to, 'host.sqlite-wal')).size };
}

/** Makes a moment one after which the clock was put back to where the run began. */
export function turnBack({ folder }: Moment): void {
  const database = new DatabaseSync(join(folder, 'host.sqlite'));
  database.exec('DELETE FROM clock');
  database.close();
}

/** Makes a moment one in which the next commit was just being written: the log of `later`, cut off at so many bytes. */
export function tear(moment: Moment, later: Moment, bytes: number): void {
  const log = join(moment.folder, 'host.sqlite-wal');
  copyFileSync(join(later.folder, 'host.sqlite-wal'), log);
  truncateSync(log, bytes);
}
