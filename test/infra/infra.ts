import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type BicepFile, readBicep } from './bicep-file.ts';
import { evaluate, type Names, type Value } from './evaluate.ts';

const json: z.ZodType<Value> = z.json() as z.ZodType<Value>;
const parameterFile = z.strictObject({
  $schema: z.literal('https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#'),
  contentVersion: z.literal('1.0.0.0'),
  parameters: z.record(z.string(), z.strictObject({ value: json })),
});

/** The files of Bicep, by their path under infra. */
export const bicep: ReadonlyMap<string, BicepFile> = new Map(
  readdirSync('infra', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.bicep'))
    .toSorted()
    .map((file) => [file, readBicep(join('infra', file))]),
);

/** A file of Bicep. */
export function fileOf(path: string): BicepFile {
  const found = bicep.get(path);
  if (found === undefined) throw new Error(`There is no infra/${path}.`);
  return found;
}

/** The files of parameters. */
export const parameterFiles: readonly string[] = [
  'infra/main.parameters.json',
  ...readdirSync('infra/parameters').map((file) => join('infra/parameters', file)),
];

/** The topologies, as docs/topologies.md describes them. */
export const topologies = ['cloud-only', 'hybrid-basic', 'hybrid-advanced'] as const;

// What azd puts in the place of ${NAME}.
const azd: Readonly<Record<string, string>> = {
  AZURE_ENV_NAME: 'test',
  AZURE_LOCATION: 'swedencentral',
  GATEHOUSE_OPERATOR_ADDRESS: '203.0.113.7/32',
};

/** The values of a file of parameters, with what azd puts in. */
export function parametersOf(path: string): Readonly<Record<string, Value>> {
  const text = readFileSync(path, 'utf8').replaceAll(/\$\{(\w+)\}/g, (_, name: string) => azd[name] ?? `<${name}>`);
  return Object.fromEntries(Object.entries(parameterFile.parse(JSON.parse(text)).parameters).map(([name, { value }]) => [name, value]));
}

/** What the names of a file stand for, given values of its parameters: parameters, their defaults, variables. */
export function namesIn(file: BicepFile, given: Readonly<Record<string, Value>>): Names {
  const known = new Map(Object.entries(given));
  const names: Names = (name) => {
    const value = known.get(name) ?? evaluate(file.expression(name), names);
    known.set(name, value);
    return value;
  };
  return names;
}
