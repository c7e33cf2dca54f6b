import { type FieldProblem, fieldProblems } from '../field-problems.ts';
import { unstorableText } from '../unstorable-text.ts';
import { type Worker, workerSchema } from '../worker.ts';
import { type FieldReader, findFact, type FoundFact } from './find-fact.ts';
import type { RecordMap } from './record-map.ts';

/** A record as a worker, or all that is wrong with it, by the source's own names of its fields. `assumed` are the paths of facts that the record does not say. */
export type MappedRecord =
  | { readonly is: 'worker'; readonly worker: Worker; readonly assumed: readonly string[] }
  | { readonly is: 'bad'; readonly problems: readonly FieldProblem[] };

/** Reads a source's flat record by the map. A field that the record does not have leaves its fact out, an empty one clears it. */
export function workerFromRecord(map: RecordMap, read: FieldReader): MappedRecord {
  const found = Object.entries(map).map(([path, rules]) => ({ path, fact: findFact(rules, read) }));
  const unknown = found.flatMap(({ fact }) => (fact.is === 'unknown' ? [unknownValue(fact)] : []));
  const notUnderstood = new Set(found.filter(({ fact }) => fact.is === 'unknown').map(({ path }) => path));
  const raw = nested(found);
  const result = workerSchema.safeParse(raw);
  const invalid = (result.success ? unstorableText(raw) : fieldProblems(result.error, raw)).filter(
    ({ field }) => !notUnderstood.has(field),
  );
  const problems = [...unknown, ...invalid.map((one) => byItsOwnName(map, one, read))];
  if (!result.success || problems.length > 0) return { is: 'bad', problems };
  return { is: 'worker', worker: result.data, assumed: found.filter(({ fact }) => fact.is === 'assumed').map(({ path }) => path) };
}

function unknownValue({ field, given, known }: Extract<FoundFact, { readonly is: 'unknown' }>): FieldProblem {
  return { field, problem: `is “${given}”, which is not known: known are ${known.join(', ')}` };
}

const mostShown = 40;

function byItsOwnName(map: RecordMap, { field, problem }: FieldProblem, read: FieldReader): FieldProblem {
  const names = [...new Set((map[field] ?? []).map((rule) => rule.field))];
  if (names.length === 0) return { field, problem };
  const given = names.map((name) => read(name)?.trim() ?? '').find((text) => text !== '');
  const shown = given === undefined ? undefined : given.length > mostShown ? `${given.slice(0, mostShown)}…` : given;
  return { field: names.join(' or '), problem: shown === undefined ? 'is required and is empty' : `is “${shown}”, and ${problem}` };
}

type Nested = Record<string, unknown>;

function nested(found: readonly { readonly path: string; readonly fact: FoundFact }[]): Nested {
  const raw: Nested = {};
  for (const { path, fact } of found) {
    if (fact.is === 'absent' || fact.is === 'unknown') continue;
    const value = 'value' in fact ? fact.value : null;
    const dot = path.indexOf('.');
    if (dot < 0) raw[path] = value;
    else raw[path.slice(0, dot)] = { ...objectOf(raw[path.slice(0, dot)]), [path.slice(dot + 1)]: value };
  }
  return withoutEmptyLeave(raw);
}

/** A leave without a first day is none. */
function withoutEmptyLeave(raw: Nested): Nested {
  return 'leave' in raw && objectOf(raw['leave'])['from'] == null ? { ...raw, leave: null } : raw;
}

function objectOf(value: unknown): Nested {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
