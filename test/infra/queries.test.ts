import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { workbook } from '../../scripts/docs/workbook.ts';
import { logFields } from '../../shared/ports/log-fields.ts';
import { type Metric, metricTable } from '../../shared/telemetry/metric-table.ts';
import { spanAttributes } from '../../shared/telemetry/span-attributes.ts';
import { loadKusto, type ProblemsOf } from './kusto.ts';

const folder = 'infra/queries';
const queries = readdirSync(folder).map((file) => ({ name: basename(file, '.kql'), text: readFileSync(join(folder, file), 'utf8') }));
const metrics: Readonly<Record<string, Metric>> = metricTable;

// Columns of the tables as far as they are used (https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete).
const common =
  'timestamp: datetime, itemType: string, customDimensions: dynamic, operation_Id: string, operation_ParentId: string, cloud_RoleName: string';
const tables = {
  customMetrics: `(${common}, name: string, value: real, valueCount: int, valueSum: real, valueMin: real, valueMax: real)`,
  traces: `(${common}, message: string, severityLevel: int)`,
  requests: `(${common}, id: string, name: string, success: string, resultCode: string, duration: real)`,
  dependencies: `(${common}, id: string, name: string, success: string, resultCode: string, duration: real, target: string)`,
};

function named(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/"(gatehouse(?:\.[a-z]+)+)"/g)].map(([, name = '']) => name))].filter(
    (name) => !(name in spanAttributes),
  );
}

function dimensions(text: string): readonly string[] {
  return [...text.matchAll(/customDimensions\["([^"]+)"\]/g)].map(([, name = '']) => name);
}

describe('the queries in infra/queries', () => {
  let problemsOf: ProblemsOf;
  beforeAll(() => {
    problemsOf = loadKusto(tables);
  });

  it('are KQL that Application Insights would take, by Microsoft’s own parser, with columns that the tables have', () => {
    expect(queries.flatMap(({ name, text }) => problemsOf(text).map((problem) => `${name}: ${problem}`))).toEqual([]);
    expect(problemsOf('customMetrics | where nme == "x"')).not.toEqual([]);
  });

  it('ask for metrics that Gatehouse tells, and for nothing that those are not told apart by', () => {
    for (const { name, text } of queries) {
      const asked = named(text);
      expect(
        asked.filter((metric) => !(metric in metrics)),
        name,
      ).toEqual([]);
      const known = new Set([...asked.flatMap((metric) => metrics[metric]?.by ?? []), ...(asked.length === 0 ? told : [])]);
      expect(
        dimensions(text).filter((dimension) => !known.has(dimension)),
        name,
      ).toEqual([]);
    }
  });

  it('show every metric somewhere', () => {
    const asked = new Set(queries.flatMap(({ text }) => named(text)));
    expect(Object.keys(metricTable).filter((metric) => !asked.has(metric))).toEqual([]);
  });

  it('look for lines of the log that the sources write, word for word', () => {
    const sources = ['shared/operations/tell-progress.ts', 'shared/operations/perform-task.ts']
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const lines = queries.flatMap(({ text }) => [...text.matchAll(/"([A-Z][^"]+\.)"/g)].map(([, line = '']) => line));
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter((line) => !sources.includes(`'${line}'`))).toEqual([]);
  });

  it('are those of the alerts that are deployed, and the workbook is made of the others', () => {
    const alerts = ['alert-brake-tripped', 'alert-quota', 'alert-run-unknown', 'alert-subscription-overdue', 'alert-sweep-overdue'];
    expect(
      queries
        .map(({ name }) => name)
        .filter((name) => name.startsWith('alert-'))
        .toSorted(),
    ).toEqual(alerts);
    const made = workbook(folder);
    expect(readFileSync('infra/workbook.json', 'utf8')).toBe(made);
    const { items } = JSON.parse(made) as { items: { name: string }[] };
    const shown = items.map(({ name }) => name).filter((name) => name !== 'parameters');
    expect(shown.toSorted()).toEqual(
      queries
        .map(({ name }) => name)
        .filter((name) => !name.startsWith('alert-'))
        .toSorted(),
    );
  });
});

// What lines and spans carry besides.
const told = [...Object.keys(logFields), ...Object.keys(spanAttributes)];
