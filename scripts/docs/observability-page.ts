import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logFields } from '../../shared/ports/log-fields.ts';
import { metricTable } from '../../shared/telemetry/metric-table.ts';
import { spanAttributes } from '../../shared/telemetry/span-attributes.ts';

/** docs/observability.md as it is written, with the tables as the sources and the queries have them. */
export function observabilityPage(root: string): string {
  const page = readFileSync(join(root, 'docs/observability.md'), 'utf8');
  const tables = {
    metrics: metrics(),
    spans: list(spanAttributes),
    fields: list(logFields),
    queries: queries(join(root, 'infra/queries')),
  };
  return Object.entries(tables).reduce(
    (text, [name, table]) => text.replace(between(name), (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`),
    page,
  );
}

function between(name: string): RegExp {
  return new RegExp(`(<!-- ${name}:.*-->\\n)[^]*?(<!-- /${name} -->)`);
}

function metrics(): string {
  const rows = Object.entries(metricTable).map(([name, { kind, unit, tells, by }]) => {
    const labels = by.map((label) => `\`${label}\``).join(', ');
    return `| \`${name}\` | ${kind} | ${unit} | ${tells} | ${labels} |`;
  });
  return ['| metric | kind | unit | tells | by |', '|---|---|---|---|---|', ...rows].join('\n');
}

function list(table: Readonly<Record<string, string>>): string {
  return ['| name | says |', '|---|---|', ...Object.entries(table).map(([name, says]) => `| \`${name}\` | ${says} |`)].join('\n');
}

/** What each query is for stands in its first line. */
function queries(folder: string): string {
  const rows = readdirSync(folder)
    .toSorted()
    .map((file) => {
      const [first = ''] = readFileSync(join(folder, file), 'utf8').split('\n');
      return `| [\`${file}\`](../infra/queries/${file}) | ${first.replace(/^\/\/ /, '')} |`;
    });
  return ['| query | tells |', '|---|---|', ...rows].join('\n');
}
