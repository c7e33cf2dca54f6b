import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../host/data/open-database.ts';
import { readOptions } from '../../host/read-options.ts';
import { openDatabase as openQueues } from '../../host/servicebus/store/open-database.ts';
import { HostProcess, scratchFolder } from './support/host-process.ts';

// SQLite keeps the mode per connection, so it is asked inside the host, on each connection that has set it.
const WITNESS = `
import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
const exec = DatabaseSync.prototype.exec;
DatabaseSync.prototype.exec = function (sql) {
  exec.call(this, sql);
  if (!sql.includes('synchronous')) return;
  const { synchronous } = this.prepare('PRAGMA synchronous').get();
  appendFileSync(process.env.WITNESS, basename(this.location()) + ' ' + synchronous + '\\n');
};`;

let scratch: ReturnType<typeof scratchFolder>;

beforeEach(() => {
  scratch = scratchFolder();
});
afterEach(() => scratch.remove());

/** SQLite's numbers of the mode (https://sqlite.org/pragma.html#pragma_synchronous): 1 is NORMAL, 2 is FULL. */
async function modesOf(environment: Readonly<Record<string, string>>): Promise<string> {
  const [script, witness] = [join(scratch.path, 'witness.mjs'), join(scratch.path, 'modes')];
  writeFileSync(script, WITNESS);
  writeFileSync(witness, '');
  const settings = { ...environment, NODE_OPTIONS: `--import=${script}`, WITNESS: witness };
  const host = await HostProcess.start({ app: 'queues', data: scratch.path, args: ['--servicebus-port', '0'], environment: settings });
  await host.end('SIGKILL');
  return readFileSync(witness, 'utf8');
}

describe('What the host has stored', () => {
  it('survives the end of the process, and a loss of power too where that is asked for, orchestrations and queues alike', async () => {
    expect(await modesOf({ GATEHOUSE_HOST_SYNC: 'full' })).toBe('host.sqlite 2\nservicebus.sqlite 2\n');
    const files = [openDatabase(join(scratch.path, 'orchestrations')), openQueues(join(scratch.path, 'queues'))];
    expect(files.map((file) => file.prepare('PRAGMA synchronous').get())).toEqual([{ synchronous: 1 }, { synchronous: 1 }]);
    for (const file of files) file.close();
  });

  it('is not left to a mode that nobody knows: the setting is named', () => {
    expect(() => readOptions(['app'], { GATEHOUSE_HOST_SYNC: 'off' })).toThrow('GATEHOUSE_HOST_SYNC is "off". Give "normal"');
    expect(() => readOptions(['app', '--sync', ''], {})).toThrow('--sync is "". Give "normal"');
    expect(readOptions(['app', '--sync', 'FULL'], {}).sync).toBe('full');
    expect(readOptions(['app', '--sync', 'normal'], { GATEHOUSE_HOST_SYNC: 'full' }).sync).toBe('normal');
    expect(readOptions(['app'], { GATEHOUSE_HOST_SYNC: '' }).sync).toBe('normal');
  });
});
