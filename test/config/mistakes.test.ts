import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../shared/config/load-config.ts';
import { catalog } from '../../shared/tasks/catalog.ts';
import { configWith, mistakesOf } from './config-with.ts';

describe('a mistake in the configuration', () => {
  it('does not hide another: all are named at once, in the order of files and lines', () => {
    const mistakes = mistakesOf(
      configWith([
        { file: 'targets.yaml', from: 'kind: entra', to: 'kind: entro' },
        { file: 'settings.yaml', from: 'defaultDomain', to: 'defaultDomains' },
        { file: 'settings.yaml', from: 'country: PT', to: 'country: Portugal' },
        { file: 'settings.yaml', from: 'country: GB', to: 'county: GB' },
        { file: 'mail/welcome.liquid', from: '---', to: '' },
      ]),
    );
    expect(mistakes.map((line) => line.split(' ')[0]?.replace(/:\d+$/, ''))).toEqual([
      'config/mail/welcome.liquid:1',
      'config/settings.yaml:4',
      'config/settings.yaml:17',
      'config/settings.yaml:21',
      'config/settings.yaml:22',
      'config/settings.yaml:22',
      'config/targets.yaml:18',
    ]);
  });

  it('may be that a file is missing or is not YAML', () => {
    const config = configWith([{ file: 'brakes.yaml', from: 'brakes:', to: 'brakes: [' }]);
    rmSync(join(config, 'names.yaml'));
    writeFileSync(join(config, 'mappings', 'more.yml'), '');
    const mistakes = mistakesOf(config);
    expect(mistakes).toContainEqual('config/names.yaml:1:1 this file is missing');
    expect(mistakes).toContainEqual(expect.stringMatching(/^config\/brakes\.yaml:\d+:\d+ is not YAML: /));
  });

  it('may be that there is no configuration at all', () => {
    expect(() => loadConfig('/nowhere/config', catalog)).toThrow('/nowhere/config:1:1 this folder is missing');
  });

  it('may be a key that stands twice', () => {
    const [mistake] = mistakesOf(
      configWith([{ file: 'settings.yaml', from: 'tenantTimeZone:', to: 'createDaysBefore: 3\ntenantTimeZone:' }]),
    );
    expect(mistake).toMatch(/^config\/settings\.yaml:14:1 is not YAML: Map keys must be unique/);
  });
});
