import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../shared/config/load-config.ts';
import { catalog } from '../../shared/tasks/catalog.ts';
import { configWith, mistakesOf } from './config-with.ts';

const key = '      secret: bamboo-key\n';
const withFields = (fields: string): string => configWith([{ file: 'sources.yaml', from: key, to: `${key}    fields:\n${fields}` }]);
/** The mistakes of a field map, each without its place. */
const mistakes = (fields: string): readonly string[] => mistakesOf(withFields(fields)).map((line) => line.replace(/^\S+ /, ''));

describe('A field map in sources.yaml', () => {
  it('changes what it mentions, by a name, a list or values, and leaves the rest as it is by default', () => {
    const config = loadConfig(
      withFields(
        '      costCenter: customCostCenter\n      hireDate: [customStart, hireDate]\n      phone: ~\n      workerType: { field: kind, values: { Freelance: contractor, Terminated: ~ }, otherwise: employee }\n',
      ),
      catalog,
    );
    const source = config.sources['bamboo'];
    expect(source).toMatchObject({ kind: 'bamboohr', mode: 'observe', webhookSecret: 'bamboo-webhook' });
    const fields = source?.kind === 'bamboohr' ? source.fields : {};
    expect(fields).toMatchObject({
      costCenter: [{ field: 'customCostCenter' }],
      hireDate: [{ field: 'customStart' }, { field: 'hireDate' }],
      workerType: [{ field: 'kind', values: { Freelance: 'contractor', Terminated: null }, otherwise: 'employee' }],
      jobTitle: [{ field: 'jobTitle' }],
    });
    expect(fields).not.toHaveProperty('phone');
  });

  it('is refused for a fact that there is not, by its line and the nearest that there is', () => {
    expect(mistakes('      jobTitel: jobTitle\n')).toEqual([
      expect.stringContaining('there is no fact "jobTitel" to fill. Did you mean "jobTitle"?'),
    ]);
    const line =
      readFileSync(join(withFields('      jobTitel: jobTitle\n'), 'sources.yaml'), 'utf8')
        .split('jobTitel')[0]
        ?.split('\n').length ?? 0;
    expect(mistakesOf(withFields('      jobTitel: jobTitle\n'))[0]).toMatch(new RegExp(`^config/sources.yaml:${line}:`));
  });

  it('is refused where it would have BambooHR’s worker id be another than the one its webhooks name', () => {
    expect(mistakes('      workerId: employeeNumber\n')).toEqual([expect.stringContaining('there is no fact "workerId" to fill')]);
  });

  it('is refused where it is no name, rule or list', () => {
    expect(mistakes('      phone: 7\n')).toEqual([expect.stringContaining('must be the name of a field')]);
    expect(mistakes('      phone: { feld: x }\n')).toEqual([expect.stringContaining('must be the name of a field')]);
  });
});
