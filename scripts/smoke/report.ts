import { showTable } from '../../cli/show-table.ts';
import { facts, type JudgedFact } from './facts/judge-facts.ts';
import type { Row } from './verdict.ts';

const longest = 72;

/** What was compared, line by line. */
export function showRows(rows: readonly Row[]): string {
  return showTable([
    ['', 'WHAT', 'GATEHOUSE SAYS', 'THE TARGET SAYS'],
    ...rows.map(({ verdict, what, told, found }) => [verdict, what, cut(told), verdict === 'differs' ? found : cut(found)]),
  ]);
}

/** Every fact that only a real tenant proves, with what was found, or how it is found by hand. */
export function showFacts(judged: readonly JudgedFact[]): string {
  const findings = new Map(judged.map(({ fact, finding }) => [fact.id, finding]));
  const rows = facts.map((fact) => {
    const { is, found } = findings.get(fact.id) ?? {
      is: 'byHand' in fact ? 'by hand' : 'not told',
      found: 'byHand' in fact ? fact.byHand : 'it was not got to',
    };
    return [is, fact.id, fact.fact, found];
  });
  return showTable([['', 'FACT', 'WHAT IS BUILT ON', 'FOUND'], ...rows]);
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
