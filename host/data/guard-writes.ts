import type { DatabaseSync, StatementSync } from 'node:sqlite';

/**
 * Has every statement that is prepared from now on report a write that fails. SQLite undoes that one statement and may keep the rest of
 * the transaction (https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction), and half a change must not be committed.
 */
export function guardWrites(database: DatabaseSync, onFailure: (error: unknown) => void): void {
  const prepare = database.prepare.bind(database);
  database.prepare = (sql) => guarded(prepare(sql), onFailure);
}

function guarded(statement: StatementSync, onFailure: (error: unknown) => void): StatementSync {
  const run: (...values: never[]) => ReturnType<StatementSync['run']> = statement.run.bind(statement);
  statement.run = (...values: never[]) => {
    try {
      return run(...values);
    } catch (error) {
      onFailure(error);
      throw error;
    }
  };
  return statement;
}
