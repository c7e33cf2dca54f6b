import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { Refusal } from './client.ts';

/** How people are named on the command line. */
export type PeopleOptions = {
  readonly person?: readonly string[];
  readonly people?: string;
  readonly csv?: string;
  readonly column?: string;
  readonly everyone?: boolean;
};

/** Who was named, and on which line of a file each of them stands. */
export type NamedPeople = { readonly who: readonly string[] | 'everyone'; readonly lines: ReadonlyMap<string, number> };

const usualColumns = ['workerid', 'worker', 'person', 'personid', 'employeeid'];

/** Everyone who was named, each once. Throws in words where nobody was, or a file cannot be understood, with every line that is wrong. */
export async function readPeople({ person = [], people = '', csv, column, everyone = false }: PeopleOptions): Promise<NamedPeople> {
  const listed = [...person, ...people.split(',')].map((key) => key.trim()).filter((key) => key !== '');
  const lines = csv === undefined ? new Map<string, number>() : await readCsv(csv, column);
  const who = [...new Set([...listed, ...lines.keys()])];
  if (everyone && who.length > 0) throw new Refusal('Give --everyone or people, not both.', 0);
  if (everyone) return { who: 'everyone', lines };
  if (who.length === 0) throw new Refusal('Nobody is named: give --person, --people or --csv.', 0);
  return { who, lines };
}

type Row = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

async function readCsv(file: string, column: string | undefined): Promise<Map<string, number>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Refusal(`${file} cannot be read: ${error instanceof Error ? error.message : 'unknown'}.`, 0);
  });
  const [head, ...rows] = rowsOf(file, text);
  const at = head === undefined ? -1 : columnIn(head.record, column);
  if (at < 0) {
    const names = head === undefined ? 'it is empty' : `its columns are ${head.record.join(', ')}`;
    throw new Refusal(`${file} needs a column “${column ?? 'workerId'}”: ${names}. Another one is named with --column.`, 0);
  }
  const found = new Map<string, number>();
  const problems: string[] = [];
  for (const { record, info } of rows) {
    const key = (record[at] ?? '').trim();
    const earlier = found.get(key);
    if (key === '') problems.push(`line ${info.lines}: names nobody`);
    else if (earlier !== undefined) problems.push(`line ${info.lines}: “${key}” stands on line ${earlier} already`);
    else found.set(key, info.lines);
  }
  if (problems.length > 0) throw new Refusal(`Nothing was begun. ${file}:\n${problems.map((one) => `  ${one}`).join('\n')}`, 0);
  return found;
}

function rowsOf(file: string, text: string): readonly Row[] {
  try {
    // `info` adds the line on which each row ends.
    return parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      delimiter: [',', ';', '\t'],
    }) as unknown as readonly Row[];
  } catch (error) {
    throw new Refusal(`${file} is not CSV: ${error instanceof Error ? error.message : 'unknown'}.`, 0);
  }
}

function columnIn(head: readonly string[], column: string | undefined): number {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const names = head.map(plain);
  return column === undefined ? names.findIndex((name) => usualColumns.includes(name)) : names.indexOf(plain(column));
}

/** A refusal in words, each of those who were named with the line on which they stand. */
export function withLines(refusal: Refusal, { lines }: NamedPeople): Refusal {
  if (refusal.errors.length === 0 || lines.size === 0) return refusal;
  const told = refusal.errors.map(({ field, problem }) => `  line ${lines.get(field) ?? '?'}: “${field}” ${problem}`);
  return new Refusal(`Nothing was begun.\n${told.join('\n')}`, refusal.status);
}
