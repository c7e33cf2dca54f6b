import { readFile } from 'node:fs/promises';
import { answers, type FileAnswer } from '../answers.ts';
import { type Client, Refusal } from '../client.ts';
import { showTable } from '../show-table.ts';

/** What became of a file, in words; `isWhole` where every line of it was taken, now or before. */
export type Imported = { readonly text: string; readonly isWhole: boolean };

/** So many lines are listed; of a longer file only those that were not taken. */
const mostListed = 40;

/** Sends a CSV file of workers to a source and says what became of each line. */
export async function importFile(client: Client, file: string, source: string): Promise<Imported> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new Refusal(`${file} cannot be read: ${error instanceof Error ? error.message : 'unknown'}.`, 0);
  });
  const path = `/api/hr/${encodeURIComponent(source)}/csv`;
  const answer = answers.file.parse(await client.upload(path, bytes, 'text/csv'));
  return { text: describe(answer), isWhole: answer.rows.every(isTaken) };
}

type Row = FileAnswer['rows'][number];

function isTaken({ status }: Row): boolean {
  return status === 'accepted' || status === 'duplicate';
}

function describe({ rows, batchId, ignoredColumns, absent }: FileAnswer): string {
  const listed = rows.length <= mostListed ? rows : rows.filter((row) => !isTaken(row));
  const lines = listed.map((row) => [String(row.line), row.workerId ?? '', row.status, reasonOf(row)]);
  return [
    ...(lines.length === 0 ? [] : [showTable([['LINE', 'WORKER', 'STATUS', 'WHAT TO MEND'], ...lines])]),
    `${summary(rows)} (batch ${batchId})`,
    ...(ignoredColumns.length === 0 ? [] : [`Columns that are not read: ${ignoredColumns.join(', ')}.`]),
    ...(absent.count === 0 ? [] : [absentWords(absent)]),
  ].join('\n');
}

function reasonOf({ status, problems }: Row): string {
  if (status === 'conflict') return 'known with other facts';
  return problems.map(({ field, problem }) => `${field} ${problem}`).join('; ');
}

function summary(rows: readonly Row[]): string {
  const count = (status: Row['status']) => rows.filter((row) => row.status === status).length;
  const parts = [
    `${count('accepted')} accepted`,
    `${count('duplicate')} taken before`,
    `${count('conflict') + count('invalid')} not taken`,
  ];
  return `${rows.length} ${rows.length === 1 ? 'line' : 'lines'}: ${parts.join(', ')}`;
}

function absentWords({ count, workerIds }: FileAnswer['absent']): string {
  const named = workerIds.slice(0, 10).join(', ');
  return `${count} known ${count === 1 ? 'worker is' : 'workers are'} not in the file (${named}${count > 10 ? ', …' : ''}). That ends nobody: send a last day or the status terminated for who has left.`;
}
