import { getBorderCharacters, table } from 'table';

/** Rows as aligned columns without lines, the first row as their heads. */
export function showTable(rows: readonly (readonly string[])[]): string {
  const plain = {
    border: getBorderCharacters('void'),
    columnDefault: { paddingLeft: 0, paddingRight: 2 },
    drawHorizontalLine: () => false,
  };
  return table(
    rows.map((row) => row.map((text) => text.replaceAll('\n', ' '))),
    plain,
  ).trimEnd();
}
