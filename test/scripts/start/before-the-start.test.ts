import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyFolder } from '../../../scripts/start/empty-folder.ts';
import { startSettings } from '../../../scripts/start/start-settings.ts';
import { waitForPorts } from '../../../scripts/start/wait-for-ports.ts';
import { freePorts } from './free-ports.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('emptying a data folder', () => {
  const root = '/somewhere/gatehouse';

  it('leaves the folder there and nothing in it', () => {
    mkdirSync(join(folder, 'registry'));
    writeFileSync(join(folder, 'registry', 'a'), '');
    writeFileSync(join(folder, 'host.sqlite'), '');
    emptyFolder({ path: folder, mark: 'host.sqlite' }, root);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('deletes nothing in a folder that is no data folder', () => {
    writeFileSync(join(folder, 'thesis.odt'), '');
    expect(() => emptyFolder({ path: folder, mark: 'host.sqlite' }, root)).toThrow(/does not look like a data folder/);
    expect(readdirSync(folder)).toEqual(['thesis.odt']);
  });

  it('deletes nothing in a folder that holds the program itself', () => {
    writeFileSync(join(folder, 'host.sqlite'), '');
    expect(() => emptyFolder({ path: folder, mark: 'host.sqlite' }, join(folder, 'gatehouse'))).toThrow(/is not emptied/);
    expect(readdirSync(folder)).toEqual(['host.sqlite']);
  });

  it('has nothing to do where there is no folder yet', () => {
    expect(() => emptyFolder({ path: join(folder, 'none'), mark: 'host.sqlite' }, root)).not.toThrow();
  });
});

describe('a port that is taken', () => {
  it('is named with the setting that changes it', async () => {
    const [port] = await freePorts(1);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    await expect(waitForPorts([{ port: port ?? 0, setting: 'GATEHOUSE_OCI_URL' }], 0)).rejects.toThrow(
      `Port ${port} is busy. Stop what listens there (an earlier npm start?), or set GATEHOUSE_OCI_URL to another one.`,
    );
    const waiting = waitForPorts([{ port: port ?? 0, setting: 'GATEHOUSE_OCI_URL' }]);
    server.close();
    await waiting;
  });
});

describe('the settings of npm start', () => {
  it('are those of the sandbox where the environment says nothing', () => {
    const { environment, ports, productUrl } = startSettings({ PORT: '' }, '/app');
    expect(productUrl).toBe('http://127.0.0.1:7071');
    expect(ports.map(({ port }) => port)).toEqual([7071, 7072, 7073, 7074, 7636, 7389, 7637, 7390, 7075]);
    expect(environment).toMatchObject({
      GATEHOUSE_AD_CA: '/app/.gatehouse-sandbox/tls/ca.pem',
      GATEHOUSE_TOKEN_ISSUER: 'http://127.0.0.1:7073/8f2c1a9e-3b47-4d1c-9a55-6c0de1b2a3f4/v2.0',
    });
  });

  it('follow the environment, and name the variable that cannot be used', () => {
    const { environment, dataDir } = startSettings(
      { GATEHOUSE_GRAPH_URL: 'http://127.0.0.1:8073', GATEHOUSE_DATA_DIR: 'mine', GATEHOUSE_SECRET_HR_GENERIC: 'own' },
      '/app',
    );
    expect(dataDir).toBe('/app/mine');
    expect(environment).toMatchObject({ GATEHOUSE_TOKEN_ISSUER: expect.stringContaining(':8073/'), GATEHOUSE_SECRET_HR_GENERIC: 'own' });
    expect(() => startSettings({ PORT: 'soon' }, '/app')).toThrow('PORT is soon');
    expect(() => startSettings({ GATEHOUSE_AD_URL: 'ldaps://dc.example' }, '/app')).toThrow('GATEHOUSE_AD_URL is ldaps://dc.example');
  });
});
