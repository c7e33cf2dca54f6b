import type { SQLInputValue } from 'node:sqlite';
import type { Cursor } from './continuation-token.ts';

/** Filter of a page of instances; times are milliseconds since 1970, `after` is the last row of the page before. */
export type InstanceFilter = {
  readonly createdFrom?: number | undefined;
  readonly createdTo?: number | undefined;
  readonly statuses?: readonly string[] | undefined;
  readonly idPrefix?: string | undefined;
  readonly after?: Cursor | undefined;
  readonly limit: number;
};

/** A statement and what is bound to it. */
export type ListStatement = { readonly sql: string; readonly values: readonly SQLInputValue[] };

/** Groups of states that have an index of their own (`data/schema.ts`), because there are few of them among many that completed. */
const GROUPS = [
  { states: ['Pending', 'Running', 'Suspended'], condition: `status IN ('Pending', 'Running', 'Suspended')` },
  { states: ['Failed', 'Terminated'], condition: `status IN ('Failed', 'Terminated')` },
] as const;

/**
 * The statements that give a page: by id where ids have to begin with a prefix, else by age. Each goes down an index in
 * its order, so that a page costs the same however many instances there are. Where there are two, their rows are merged.
 */
export function listStatements(filter: InstanceFilter): readonly ListStatement[] {
  const { statuses, idPrefix } = filter;
  if (idPrefix || !statuses || statuses.includes('Completed')) return [statement(filter, statuses ? [inStates(statuses)] : [])];
  return GROUPS.map(({ states, condition }) => ({ condition, wanted: statuses.filter((status) => states.some((one) => one === status)) }))
    .filter(({ wanted }) => wanted.length > 0)
    .map(({ condition, wanted }) => statement(filter, [{ sql: condition, values: [] }, inStates(wanted)]));
}

type Condition = ListStatement;

function inStates(states: readonly string[]): Condition {
  return { sql: `status IN (${states.map(() => '?').join(', ')})`, values: states };
}

function statement(filter: InstanceFilter, more: readonly Condition[]): ListStatement {
  const { createdFrom, createdTo, limit } = filter;
  const conditions = [...more, ...range(filter)];
  if (createdFrom !== undefined) conditions.push({ sql: 'created_at >= ?', values: [createdFrom] });
  if (createdTo !== undefined) conditions.push({ sql: 'created_at <= ?', values: [createdTo] });
  const where = conditions.length > 0 ? `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}` : '';
  const order = filter.idPrefix ? 'id' : 'created_at, key';
  return {
    sql: `SELECT * FROM instance ${where} ORDER BY ${order} LIMIT ?`,
    values: [...conditions.flatMap(({ values }) => values), limit],
  };
}

function range({ idPrefix, after }: InstanceFilter): readonly Condition[] {
  if (!idPrefix) return after ? [{ sql: '(created_at, key) > (?, ?)', values: [after.createdAt, after.key] }] : [];
  // Ids that begin with the prefix lie between it and itself followed by the last character that there is.
  const end: Condition = { sql: 'id < ?', values: [`${idPrefix}\u{10ffff}`] };
  return [after && after.id >= idPrefix ? { sql: 'id > ?', values: [after.id] } : { sql: 'id >= ?', values: [idPrefix] }, end];
}
