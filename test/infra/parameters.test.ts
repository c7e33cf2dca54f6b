import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { workFunctions } from '../../functions/tables/work.ts';
import { evaluate, type Value } from './evaluate.ts';
import { fileOf, namesIn, parameterFiles, parametersOf } from './infra.ts';

const main = fileOf('main.bicep');
const count = z.object({ ingest: z.int(), work: z.int(), hands: z.int() });
const always = z.array(z.object({ name: z.string(), instanceCount: z.int() }));
const ofWork = workFunctions.flatMap((one) => (one.on === 'activities' || one.on === 'orchestration' ? [] : [one.name]));
const scale = z.object({ maximum: count, alwaysReady: z.object({ ingest: always, work: always, hands: always }) });

describe.each(parameterFiles)('%s', (path) => {
  const given = parametersOf(path);
  const names = namesIn(main, given);

  it('gives every parameter that has no default, and none that there is not', () => {
    const known = main.parameters.map(({ name }) => name);
    expect(Object.keys(given).filter((name) => !known.includes(name))).toEqual([]);
    expect(main.parameters.filter(({ name, isRequired }) => isRequired && !Object.hasOwn(given, name))).toEqual([]);
  });

  it('gives objects with the keys that the defaults have, and no other', () => {
    for (const { name, isRequired } of main.parameters) {
      const [value, usual] = [given[name], isRequired ? undefined : evaluate(main.expression(name), names)];
      if (!isPlain(value) || !isPlain(usual)) continue;
      expect(Object.keys(value).toSorted(), name).toEqual(Object.keys(usual).toSorted());
    }
  });

  it('keeps instances times pool within the connections of the database', () => {
    expect(names('postgresChecked')).toEqual(names('postgres'));
  });

  it('keeps an instance ready for HTTP, since Graph waits for three seconds, and names functions that there are', () => {
    const { alwaysReady } = scale.parse(names('scale'));
    expect(alwaysReady.ingest).toContainEqual({ name: 'http', instanceCount: expect.any(Number) });
    const groups = Object.values(alwaysReady)
      .flat()
      .map(({ name }) => name);
    const functions = groups.filter((name) => name.startsWith('function:')).map((name) => name.slice('function:'.length));
    expect(functions.filter((name) => !ofWork.includes(name))).toEqual([]);
    expect(groups.filter((name) => !['http', 'durable'].includes(name) && !name.startsWith('function:'))).toEqual([]);
  });

  it('leaves “work” an instance for each function that Flex Consumption scales by itself', () => {
    expect(ofWork.length).toBeGreaterThan(10);
    expect(scale.parse(names('scale')).maximum.work).toBeGreaterThan(ofWork.length);
  });
});

describe('more instances than the database has connections for', () => {
  it('are refused with the numbers, before anything is made', () => {
    const names = namesIn(main, {
      ...parametersOf('infra/parameters/cloud-only.json'),
      scale: { maximum: { ingest: 4, work: 60, hands: 2 } },
    });
    expect(() => names('postgresChecked')).toThrow('Instances times pool come to 548 connections, and Standard_B2s allows 414.');
  });

  it('are refused where the size of the database is not known', () => {
    const postgres: Value = { sku: 'Standard_X1' };
    expect(() => namesIn(main, { postgres })('postgresChecked')).toThrow('Standard_X1 allows 0');
  });
});

describe('azure.yaml', () => {
  const host = z.object({ project: z.literal('.'), dist: z.literal('dist/app'), language: z.literal('js'), host: z.literal('function') });
  const hook = z.object({ shell: z.literal('sh'), run: z.string() });
  const file = z
    .object({
      infra: z.object({ path: z.literal('infra'), module: z.literal('main') }),
      hooks: z.record(z.string(), hook),
      services: z.record(z.string(), host),
    })
    .parse(parse(readFileSync('azure.yaml', 'utf8')));

  it('deploys one package to the apps that infra tags', () => {
    expect(Object.keys(file.services)).toEqual(['ingest', 'work', 'hands']);
    expect(evaluate(fileOf('apps.bicep').expression('roles'), () => null)).toEqual(['ingest', 'work', 'hands']);
    expect(fileOf('modules/function-app.bicep').text).toContain("'azd-service-name': serviceName");
  });

  it('runs scripts that are there, and reads no output that infra does not have', () => {
    const scripts = Object.values(file.hooks).flatMap(({ run }) => run.match(/^scripts\/\S+/) ?? []);
    expect(scripts.length).toBeGreaterThan(1);
    const texts = ['before-provision.sh', 'database-roles.sh', 'grant-graph.sh', 'mail-scope.sh'].map((name) =>
      readFileSync(`scripts/azure/${name}`, 'utf8'),
    );
    const asked = texts.flatMap((text) => [...text.matchAll(/value_of (GATEHOUSE_\w+)/g)].map(([, name = '']) => name));
    const own = new Set([
      ...main.outputs,
      ...texts.flatMap((text) => [...text.matchAll(/azd env set (GATEHOUSE_\w+)/g)].map(([, name = '']) => name)),
    ]);
    expect(asked.filter((name) => !own.has(name))).toEqual([]);
    for (const role of ['INGEST', 'WORK', 'HANDS']) expect(main.outputs).toContain(`GATEHOUSE_${role}_PRINCIPAL`);
  });
});

function isPlain(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
