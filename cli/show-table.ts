import cliui from 'cliui';

/** Rows as aligned columns, the first row as their heads. */
export function showTable(rows: readonly (readonly string[])[]): string {
  const ui = cliui({ width: process.stdout.columns ?? 140, wrap: false });
  for (const row of rows) ui.div(...row.map((text, index) => ({ text, padding: [0, index === row.length - 1 ? 0 : 2, 0, 0] as [number, number, number, number] })));
  return ui.toString();
}
