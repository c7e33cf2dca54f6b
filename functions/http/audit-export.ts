import type { ListedAuditRow } from '../../shared/ports/registry/records.ts';

/** An audit row as the API shows it: times as text. */
export type ShownRow = Omit<ListedAuditRow, 'at'> & { readonly at: string };

/** The forms in which rows are handed out besides JSON, by the name that a query gives. */
export const exportTypes = { ndjson: 'application/x-ndjson; charset=utf-8', csv: 'text/csv; charset=utf-8; header=present' } as const;

const columns = ['sequence', 'at', 'actor', 'action', 'personId', 'runId', 'target', 'position', 'hash', 'detail'] as const;

/** The rows as one line of JSON each, or as CSV with a head (RFC 4180). */
export function exported(form: keyof typeof exportTypes, rows: readonly ShownRow[]): string {
  if (form === 'ndjson') return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  return [columns.join(','), ...rows.map(csvLine)].map((line) => `${line}\r\n`).join('');
}

function csvLine(row: ShownRow): string {
  return columns.map((name) => csvCell(name === 'detail' ? JSON.stringify(row.detail) : String(row[name] ?? ''))).join(',');
}

/** Quoted where it has to be. What a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection). */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
