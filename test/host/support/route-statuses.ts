import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const HOST_PAGE = resolve(import.meta.dirname, '../../../docs/host.md');
const ROW = /^\| `([A-Z]+ [^`]+)` \| ([\d, ]+) \|/;

/** What each route of the durable HTTP API answers, by `METHOD path`, as docs/host.md says it. */
export function documentedStatuses(): ReadonlyMap<string, readonly number[]> {
  const rows = readFileSync(HOST_PAGE, 'utf8')
    .split('\n')
    .map((line) => ROW.exec(line));
  return new Map(rows.flatMap((row) => (row ? [[row[1] ?? '', (row[2] ?? '').split(',').map(Number)] as const] : [])));
}

/** The route of a request, as docs/host.md writes it; the path begins after `durabletask/`. */
export function routeOf(method: string, path: string): string {
  const parts = decodeURIComponent(path.split('?')[0] ?? '')
    .replace(/\/$/, '')
    .split('/');
  const [kind = '', id, operation, name] = parts;
  const word = operation?.toLowerCase() === 'raiseevent' ? 'raiseEvent' : operation?.toLowerCase();
  if (kind === 'orchestrators' && id && parts.length < 4) return `${method} orchestrators/{name}/{id}`;
  const rest = [kind.toLowerCase(), id && '{id}', word, name && '{eventName}', ...parts.slice(4)];
  return `${method} ${rest.filter((part) => part !== undefined).join('/')}`;
}
