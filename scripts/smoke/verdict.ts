/** How what Gatehouse tells compares with what a target says. */
export type Verdict = 'agrees' | 'differs' | 'not seen';

/** One line of the report. */
export type Row = { readonly what: string; readonly told: string; readonly verdict: Verdict; readonly found: string };

/** Several comparisons as one: any difference counts, and what could not be looked at is said where nothing differs. */
export function together(what: string, told: string, rows: readonly Pick<Row, 'verdict' | 'found'>[]): Row {
  const differing = rows.filter(({ verdict }) => verdict === 'differs');
  const agreeing = rows.filter(({ verdict }) => verdict === 'agrees');
  const telling = differing.length > 0 ? differing : agreeing.length > 0 ? agreeing : rows;
  const verdict = differing.length > 0 ? 'differs' : agreeing.length > 0 ? 'agrees' : 'not seen';
  return { what, told, verdict, found: [...new Set(telling.map(({ found }) => found))].join('; ') };
}
