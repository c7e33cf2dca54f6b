import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Rule } from '../rules/rule.ts';

/** The rules of subscriptions, as clients have left them. */
export class RuleStore {
  readonly #read: StatementSync;
  readonly #write: StatementSync;

  constructor(database: DatabaseSync) {
    this.#read = database.prepare('SELECT given, rules FROM subscription WHERE queue = ?');
    this.#write = database.prepare(
      'INSERT INTO subscription (queue, given, rules) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET given = excluded.given, rules = excluded.rules',
    );
  }

  /**
   * The rules of a subscription. What clients have made of them stays until its definition gives it other rules than before;
   * then those hold.
   */
  settle(subscription: number, given: readonly Rule[]): readonly Rule[] {
    const row = this.#read.get(subscription);
    if (row !== undefined && row['given'] === JSON.stringify(given)) return JSON.parse(String(row['rules'])) as readonly Rule[];
    this.write(subscription, given, given);
    return given;
  }

  write(subscription: number, given: readonly Rule[], rules: readonly Rule[]): void {
    this.#write.run(subscription, JSON.stringify(given), JSON.stringify(rules));
  }
}
