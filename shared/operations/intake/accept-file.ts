import { createHash } from 'node:crypto';
import type { CsvConfig } from '../../config/systems.ts';
import type { FieldProblem } from '../../domain/field-problems.ts';
import type { TableFile, TableRow } from '../../domain/records/table-file.ts';
import { workerFromRecord } from '../../domain/records/worker-from-record.ts';
import type { Worker } from '../../domain/worker.ts';
import { GatehouseError } from '../../errors.ts';
import type { NewEvent } from '../../ports/registry/inbox.ts';
import type { Registry } from '../../ports/registry/registry.ts';
import type { AcceptDeps } from '../accept-events.ts';
import { canonicalJson } from '../canonical-json.ts';
import { columnsOf, type FileColumns } from './columns-of.ts';
import { isUrgent } from './is-urgent.ts';
import { type EventAnswer, type ReadEntry, takeEvents } from './take-events.ts';

/** A file of workers as it was sent: who sent it, what it was read as, and the hash of its bytes (SHA-256, hex). */
export type SentFile = { readonly actor: string; readonly hash: string; readonly table: TableFile };

/** How a line was taken. */
export type RowAnswer = EventAnswer & { readonly line: number; readonly workerId: string | null };
export type FileAcceptance = {
  readonly batchId: string;
  readonly separator: TableFile['separator'];
  /** In the order of the lines. */
  readonly rows: readonly RowAnswer[];
  /** Columns that no fact is read from. */
  readonly ignoredColumns: readonly string[];
  /** Workers of this source who are known and not in the file. Nothing follows from that. */
  readonly absent: { readonly count: number; readonly workerIds: readonly string[] };
};

const mostRows = 10_000;
/** As many as one statement takes. */
const atOnce = 1000;
const mostAbsentNamed = 100;

/**
 * Takes a file of workers as one batch: every good line is kept as an event, every bad one is answered and kept among the rejected with all that is wrong with it. The same file sent
 * again is a duplicate, line by line. Who is not in the file is only counted: that ends nobody. Throws `input-invalid` where the columns do not fit or there are no or too many lines.
 */
export async function acceptFile(
  deps: Pick<AcceptDeps, 'keeper' | 'clock'> & { readonly registry: Registry },
  source: CsvConfig,
  { actor, hash, table }: SentFile,
): Promise<FileAcceptance> {
  const now = deps.clock.now();
  const columns = columnsOf(source.columns, table.header);
  const lines = table.rows.length + table.unreadable.length;
  if (lines === 0 || lines > mostRows)
    throw new GatehouseError(
      'input-invalid',
      `A file has 1 to ${mostRows} lines of workers; this one has ${lines}.${lines === 0 ? '' : ' Split it.'}`,
    );
  const batchId = `file-${hash.slice(0, 32)}`;
  const read = readRows(columns, table).toSorted((a, b) => a.line - b.line);
  const entries = read.map((row) => toEntry(row, { source: source.id, hash, batchId, now }));
  const answers: EventAnswer[] = [];
  for (let from = 0; from < entries.length; from += atOnce)
    answers.push(...(await takeEvents(deps.keeper, entries.slice(from, from + atOnce), { source: source.id, now })));
  const rows = read.map(({ line, workerId }, index) => ({ line, workerId, ...answerAt(answers, index) }));
  const inFile = new Set(read.map(({ workerId }) => workerId));
  const absent = (await deps.registry.stores.people.currentWorkers(source.id)).filter((workerId) => !inFile.has(workerId));
  await audit(deps.registry, { source: source.id, actor, batchId, rows, now });
  return {
    batchId,
    separator: table.separator,
    rows,
    ignoredColumns: columns.ignored,
    absent: { count: absent.length, workerIds: absent.slice(0, mostAbsentNamed) },
  };
}

function answerAt(answers: readonly EventAnswer[], index: number): EventAnswer {
  const answer = answers[index];
  if (answer === undefined) throw new GatehouseError('internal', 'A line was read but not answered.');
  return answer;
}

type ReadRow = { readonly line: number; readonly workerId: string | null; readonly cells: readonly string[] } & (
  | { readonly worker: Worker }
  | { readonly problems: readonly FieldProblem[] }
);

function readRows(columns: FileColumns, { header, rows, unreadable }: TableFile): readonly ReadRow[] {
  const read = rows.map((row) => readRow(columns, header.length, row));
  const linesOf = new Map<string, readonly number[]>();
  for (const { workerId, line } of read) if (workerId !== null) linesOf.set(workerId, [...(linesOf.get(workerId) ?? []), line]);
  const single = read.map((row): ReadRow => {
    const lines = linesOf.get(row.workerId ?? '') ?? [];
    if (lines.length < 2) return row;
    const problem = `${row.workerId ?? ''} stands in lines ${lines.join(', ')}, which may contradict each other: keep one of them`;
    return { line: row.line, workerId: row.workerId, cells: row.cells, problems: [{ field: nameOf(columns, 'workerId'), problem }] };
  });
  return [
    ...single,
    ...unreadable.map(({ line, problem }) => ({ line, workerId: null, cells: [], problems: [{ field: '(line)', problem }] })),
  ];
}

function readRow({ map, indexOf }: FileColumns, width: number, { line, cells }: TableRow): ReadRow {
  const cell = (name: string) => cells[indexOf.get(name) ?? -1];
  const workerId = (map['workerId'] ?? []).map(({ field }) => cell(field)?.trim() ?? '').find((text) => text !== '') ?? null;
  if (cells.length !== width) {
    const problem = `has ${cells.length} values and the header has ${width}: put a value that holds a separator in quotation marks`;
    return { line, workerId, cells, problems: [{ field: '(line)', problem }] };
  }
  const mapped = workerFromRecord(map, cell);
  return mapped.is === 'worker' ? { line, workerId, cells, worker: mapped.worker } : { line, workerId, cells, problems: mapped.problems };
}

function nameOf({ map }: FileColumns, path: string): string {
  return map[path]?.[0]?.field ?? path;
}

type Batch = { readonly source: string; readonly hash: string; readonly batchId: string; readonly now: number };

function toEntry(row: ReadRow, { source, hash, batchId, now }: Batch): ReadEntry {
  if ('problems' in row) return { is: 'bad', id: null, problems: row.problems, sent: `line ${row.line}: ${row.cells.join(' | ')}` };
  const said = canonicalJson(row.worker);
  // The same line of the same file, understood in the same way, is the same event; the time of sending is no part of it.
  const eventId = `${source}-${sha256(`${hash} ${said}`).slice(0, 40)}`;
  const occurredAt = new Date(now).toISOString();
  const event: NewEvent = {
    source,
    eventId,
    bodyHash: sha256(said),
    batchId,
    workerId: row.worker.workerId,
    occurredAt: now,
    receivedAt: now,
    urgent: isUrgent(row.worker),
    body: canonicalJson({ id: eventId, occurredAt, worker: row.worker }),
  };
  return { is: 'good', row: event, warnings: [] };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

type Taken = {
  readonly source: string;
  readonly actor: string;
  readonly batchId: string;
  readonly rows: readonly RowAnswer[];
  readonly now: number;
};

async function audit(registry: Registry, { source, actor, batchId, rows, now }: Taken): Promise<void> {
  const counts = { accepted: 0, duplicate: 0, conflict: 0, invalid: 0 };
  for (const { status } of rows) counts[status] += 1;
  const line = { at: now, actor, action: 'file.taken', personId: null, runId: null, target: null, detail: { source, batchId, ...counts } };
  await registry.transaction((stores) => stores.audit.append([line]));
}
