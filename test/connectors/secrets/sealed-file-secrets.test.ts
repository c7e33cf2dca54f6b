import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seal } from '../../../shared/connectors/secrets/seal.ts';
import { openSealedFileSecrets } from '../../../shared/connectors/secrets/sealed-file-secrets.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-secrets-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const open = () => openSealedFileSecrets({ folder, configured: { 'hr-generic': 'from settings', empty: '' } });

describe('configured secrets', () => {
  it('are read by name, and one that is missing or empty is named in words', async () => {
    const secrets = await open();
    expect(await secrets.read('hr-generic')).toBe('from settings');
    await expect(secrets.read('empty')).rejects.toMatchObject({ code: 'config-invalid', message: 'The secret "empty" is not configured.' });
    await expect(secrets.read('toString')).rejects.toMatchObject({ code: 'config-invalid' });
  });
});

describe('kept secrets', () => {
  it('are given out once', async () => {
    const secrets = await open();
    await secrets.keep('pass/1', 'code-42', 2_000);
    expect(await secrets.has('pass/1', 1_000)).toBe(true);
    expect(await secrets.take('pass/1', 1_000)).toBe('code-42');
    expect(await secrets.take('pass/1', 1_000)).toBeUndefined();
    expect(await secrets.has('pass/1', 1_000)).toBe(false);
  });

  it('are thrown away unseen, whether there are any or not', async () => {
    const secrets = await open();
    await secrets.keep('pass/1', 'code-42', 2_000);
    for (const name of ['pass/1', 'pass/2']) await secrets.forget(name);
    expect(await secrets.take('pass/1', 1_000)).toBeUndefined();
  });

  it('go to one of several who take at the same time', async () => {
    const secrets = await open();
    await secrets.keep('pass/1', 'code-42', 2_000);
    const taken = await Promise.all(Array.from({ length: 8 }, () => secrets.take('pass/1', 1_000)));
    expect(taken.filter((value) => value !== undefined)).toEqual(['code-42']);
  });

  it('are worthless from the instant they expire', async () => {
    const secrets = await open();
    await secrets.keep('pass/1', 'code-42', 2_000);
    expect(await secrets.has('pass/1', 2_000)).toBe(false);
    expect(await secrets.take('pass/1', 2_000)).toBeUndefined();
  });

  it('replace an older one of the same name', async () => {
    const secrets = await open();
    await secrets.keep('pass/1', 'old', 2_000);
    await secrets.keep('pass/1', 'new', 2_000);
    expect(await secrets.take('pass/1', 1_000)).toBe('new');
  });

  it('show neither name nor value in the folder, which only its owner can read', async () => {
    const secrets = await open();
    await secrets.keep('pass-for-zoe', 'code-42', 2_000);
    const [file] = await readdir(join(folder, 'kept'));
    const path = join(folder, 'kept', file ?? '');
    expect(file).not.toContain('zoe');
    expect((await readFile(path)).includes('code-42')).toBe(false);
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect((await stat(join(folder, 'sealing.key'))).mode & 0o077).toBe(0);
  });

  it('are gone from the disk once taken', async () => {
    const secrets = await open();
    await secrets.keep('pass/1', 'code-42', 2_000);
    await secrets.take('pass/1', 1_000);
    expect(await readdir(join(folder, 'kept'))).toEqual([]);
  });

  it('outlive a process that is killed right after keeping them', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'keep-and-wait.ts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await (await open()).take('pass/1', 1_000)).toBe('code-42');
  });

  it('cannot be opened after a single bit has changed, nor under another name', async () => {
    const secrets = await open();
    await secrets.keep('pass/1', 'code-42', 2_000);
    const [file] = await readdir(join(folder, 'kept'));
    const path = join(folder, 'kept', file ?? '');
    const sealed = await readFile(path);
    sealed.writeUInt8(sealed.readUInt8(sealed.length - 1) ^ 1, sealed.length - 1);
    await writeFile(path, sealed);
    await expect(secrets.has('pass/1', 1_000)).rejects.toThrow(/./);
  });

  it('never look the same twice, though the value is the same', () => {
    const key = Buffer.alloc(32, 7);
    expect(seal(key, 'pass/1', 'code-42').equals(seal(key, 'pass/1', 'code-42'))).toBe(false);
  });

  it('are refused when others can read the key', async () => {
    await open();
    await chmod(join(folder, 'sealing.key'), 0o644);
    await expect(open()).rejects.toMatchObject({ code: 'config-invalid', message: expect.stringContaining('chmod 600') });
  });

  it('have one key when two open the folder at the same moment', async () => {
    const [first, second] = await Promise.all([open(), open()]);
    await first.keep('pass/1', 'code-42', 2_000);
    expect(await second.take('pass/1', 1_000)).toBe('code-42');
  });
});
