import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Tile = { readonly query: string; readonly title: string; readonly as: 'table' | 'timechart' | 'barchart' };

/** What the workbook shows, from above. Each is a query of `infra/queries`. */
const tiles: readonly Tile[] = [
  { query: 'state-now', title: 'How Gatehouse stands now', as: 'table' },
  { query: 'holds-open', title: 'What waits for a decision', as: 'table' },
  { query: 'runs-by-outcome', title: 'Runs by outcome', as: 'table' },
  { query: 'runs-open', title: 'Runs that are not over', as: 'timechart' },
  { query: 'containment-p99', title: 'Seconds until access is closed', as: 'timechart' },
  { query: 'containment-by-outcome', title: 'Access closed, by outcome', as: 'table' },
  { query: 'failed-steps-by-code', title: 'What did not come through, by the other system’s code', as: 'table' },
  { query: 'steps-by-state', title: 'Steps by task and state', as: 'table' },
  { query: 'events-by-outcome', title: 'Events by outcome', as: 'timechart' },
  { query: 'queue', title: 'Events that wait', as: 'timechart' },
  { query: 'targets', title: 'How other systems answer', as: 'table' },
  { query: 'quota', title: 'Quotas: the share used, and answers 429', as: 'timechart' },
  { query: 'run-story', title: 'One run’s story', as: 'table' },
];

/** The workbook of Application Insights, made of the queries (https://learn.microsoft.com/azure/azure-monitor/visualize/workbooks-overview). */
export function workbook(queries: string): string {
  const items = [parameters, ...tiles.map((tile) => toItem(tile, readFileSync(join(queries, `${tile.query}.kql`), 'utf8')))];
  const $schema = 'https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json';
  return `${JSON.stringify({ version: 'Notebook/1.0', items, fallbackResourceIds: [], $schema }, null, 2)}\n`;
}

const resource = { queryType: 0, resourceType: 'microsoft.insights/components' } as const;
const dayMs = 86_400_000;

/** The time that is looked at, and the run whose story is told. */
const parameters = {
  type: 9,
  name: 'parameters',
  content: {
    version: 'KqlParameterItem/1.0',
    parameters: [
      {
        id: 'f0c0a3f1-53b5-4b6c-9a14-0f5b8f1a0001',
        version: 'KqlParameterItem/1.0',
        name: 'TimeRange',
        type: 4,
        isRequired: true,
        value: { durationMs: dayMs },
        typeSettings: {
          selectableValues: [3_600_000, dayMs, 7 * dayMs, 30 * dayMs].map((durationMs) => ({ durationMs })),
          allowCustom: true,
        },
      },
      { id: 'f0c0a3f1-53b5-4b6c-9a14-0f5b8f1a0002', version: 'KqlParameterItem/1.0', name: 'Run', type: 1, value: '' },
    ],
    style: 'pills',
    ...resource,
  },
} as const;

function toItem({ query: name, title, as }: Tile, text: string) {
  const query = text.replace(/^let run = "[^"]*";/m, 'let run = "{Run}";');
  const content = { version: 'KqlItem/1.0', query, size: 0, title, timeContextFromParameter: 'TimeRange', ...resource, visualization: as };
  return { type: 3, name, content };
}
