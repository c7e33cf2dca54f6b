import type { FactRule, RecordMap } from '../../domain/records/record-map.ts';
import { GatehouseError } from '../../errors.ts';

/** Facts that a worker cannot be without. */
const required = ['workerId', 'status', 'workerType', 'name.given', 'hireDate'];

/** Which columns of a file are read, by the names that the file gives them, and which are not. */
export type FileColumns = { readonly map: RecordMap; readonly indexOf: ReadonlyMap<string, number>; readonly ignored: readonly string[] };

/**
 * Finds the configured columns in a file's header, without regard to case, spaces and punctuation. Throws `input-invalid`, naming every required fact that has no column, and columns
 * that stand there twice.
 */
export function columnsOf(columns: RecordMap, header: readonly string[]): FileColumns {
  const byKey = new Map(header.map((name) => [keyOf(name), name]));
  const map = Object.fromEntries(
    Object.entries(columns).flatMap(([path, rules]) => {
      const there = rules.flatMap((rule) => inFile(rule, byKey));
      return there.length === 0 ? [] : [[path, there] as const];
    }),
  );
  const used = new Set(Object.values(map).flatMap((rules) => rules.map(({ field }) => field)));
  const problems = [...twice(header, used), ...required.filter((path) => !(path in map)).map((path) => missing(path, columns[path] ?? []))];
  if (problems.length > 0) throw new GatehouseError('input-invalid', `The columns of the file do not fit: ${problems.join('; ')}.`);
  const indexOf = new Map(header.map((name, index) => [name, index]));
  return { map, indexOf, ignored: header.filter((name) => name !== '' && !used.has(name)) };
}

/** A rule that has a value for a column that is not there stays. */
function inFile(rule: FactRule, byKey: ReadonlyMap<string, string>): readonly FactRule[] {
  const name = byKey.get(keyOf(rule.field));
  if (name === undefined) return rule.otherwise === undefined ? [] : [rule];
  return [{ ...rule, field: name }];
}

function twice(header: readonly string[], used: ReadonlySet<string>): readonly string[] {
  const wanted = new Set([...used].map(keyOf));
  const keys = header.map(keyOf);
  return [...wanted]
    .filter((key) => keys.indexOf(key) !== keys.lastIndexOf(key))
    .map((key) => `“${header[keys.indexOf(key)] ?? ''}” stands there more than once`);
}

function missing(path: string, rules: readonly FactRule[]): string {
  const names = rules.map(({ field }) => `“${field}”`).join(' or ');
  return `there is no column for ${path}: name one ${names || 'so'}, or map it under columns in config/sources.yaml`;
}

function keyOf(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
