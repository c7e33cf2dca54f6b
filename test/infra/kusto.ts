import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';

/** As much of Microsoft's Kusto library as is used; it was compiled from C#, and lives in global names. */
type Kusto = {
  readonly Language: {
    readonly GlobalState: { readonly Default: GlobalState };
    readonly KustoCode: { ParseAndAnalyze(text: string, globals: GlobalState): { GetDiagnostics(): Found } };
    readonly Symbols: {
      readonly TableSymbol: { From(schema: string): { WithName(name: string): object } };
      readonly DatabaseSymbol: { readonly ctor: new (name: string, members: readonly object[]) => object };
    };
  };
};
type GlobalState = { WithDatabase(database: object): GlobalState };
type Found = { readonly Count: number; getItem(index: number): { readonly Message: string } };

/** What is wrong with a query, in the library's words. */
export type ProblemsOf = (query: string) => readonly string[];

/** Loads the library into a context of its own, with the tables of Application Insights, and answers what is wrong with a query against them. */
export function loadKusto(tables: Readonly<Record<string, string>>): ProblemsOf {
  const folder = dirname(createRequire(import.meta.url).resolve('@kusto/language-service-next'));
  const own = createContext({ console, setTimeout, clearTimeout });
  for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) runInContext(readFileSync(join(folder, file), 'utf8'), own);
  const { GlobalState, KustoCode, Symbols } = (runInContext('Kusto', own) as Kusto).Language;
  const made = Object.entries(tables).map(([name, columns]) => Symbols.TableSymbol.From(columns).WithName(name));
  const members = runInContext('(list) => Array.from(list)', own) as (list: readonly object[]) => readonly object[];
  const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('insights', members(made)));
  return (query) => {
    const found = KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
    return Array.from({ length: found.Count }, (_, index) => found.getItem(index).Message);
  };
}
