import { type CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { TableFile, TableRow } from '../../domain/records/table-file.ts';
import { GatehouseError } from '../../errors.ts';
import { decodeText } from './decode-text.ts';

const separators = { comma: ',', semicolon: ';', tab: '\t' } as const;
type Separator = keyof typeof separators;

const parsed = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));
type Parsed = z.infer<typeof parsed>[number];

/**
 * Reads a CSV file (RFC 4180) in UTF-8, with or without a byte order mark, separated by commas, semicolons or tabs, whichever its first line has most of. Empty lines are passed
 * over. A line with a quotation mark in the wrong place is unreadable, the others are not. Throws `input-invalid` where the whole cannot be read: another encoding, no header, or a
 * quotation mark that is never closed, for then nobody knows where the lines end.
 */
export function readCsv(bytes: Uint8Array): TableFile {
  const text = decodeText(bytes);
  const separator = separatorOf(text.slice(0, text.search(/[\r\n]|$/)));
  const skipped: { line: number; problem: string }[] = [];
  const records = parseAll(text, separators[separator], (error) => skipped.push(toUnreadable(error)));
  const [header, ...rows] = records.map(toRow).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (header === undefined || skipped.some(({ line }) => line < header.line))
    throw new GatehouseError('input-invalid', 'The file has no header that can be read: its first line names the columns.');
  return { separator, header: header.cells.map((cell) => cell.trim()), rows, unreadable: skipped };
}

function parseAll(text: string, delimiter: string, skip: (error: CsvError) => void): readonly Parsed[] {
  const records = parse(text, {
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error !== undefined) skip(error);
      return undefined;
    },
  });
  return parsed.parse(records);
}

function toUnreadable(error: CsvError): { readonly line: number; readonly problem: string } {
  const line = z.number().catch(0).parse(error['lines']);
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    throw new GatehouseError(
      'input-invalid',
      'A quotation mark is opened and never closed, so that the lines after it cannot be told apart. Close it, and write a quotation mark within a value twice.',
    );
  return {
    line,
    problem: 'has a quotation mark in the wrong place: put the whole value in quotation marks, and write one within it twice',
  };
}

/** The parser says where a record ends; it began as many lines earlier as its values have line breaks. */
function toRow({ record, info }: Parsed): TableRow {
  const breaks = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
  return { line: info.lines - breaks, cells: record };
}

function separatorOf(header: string): Separator {
  const outside = header.replace(/"[^"]*"/g, '');
  const count = (separator: Separator) => outside.split(separators[separator]).length;
  const others = (['semicolon', 'tab'] as const).filter((separator) => count(separator) > count('comma'));
  return others.toSorted((a, b) => count(b) - count(a))[0] ?? 'comma';
}
