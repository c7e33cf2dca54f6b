import type { DatabaseSync } from 'node:sqlite';
import type { HistoryEvent } from './history-event.ts';

/** An activity that has been scheduled and not yet completed. */
export type ActivityRow = {
  readonly seq: number;
  readonly instanceKey: number;
  readonly executionId: string;
  readonly taskId: number;
  readonly name: string;
  readonly input: string | null;
};

/** A timer that is due. */
export type TimerRow = { readonly instanceKey: number; readonly taskId: number; readonly fireAt: number };

/** The tables of pending work (`inbox`, `activity`, `timer`) and of `history`. */
export class WorkRows {
  readonly #sql;

  constructor(database: DatabaseSync) {
    this.#sql = {
      addHistory: database.prepare('INSERT INTO history (instance_key, episode, events) VALUES (?, ?, ?)'),
      readHistory: database.prepare('SELECT episode, events FROM history WHERE instance_key = ? ORDER BY episode'),
      deleteHistory: database.prepare('DELETE FROM history WHERE instance_key = ?'),
      addInbox: database.prepare('INSERT INTO inbox (instance_key, event) VALUES (?, ?)'),
      allInbox: database.prepare('SELECT seq, instance_key, event FROM inbox ORDER BY seq'),
      deleteInbox: database.prepare('DELETE FROM inbox WHERE seq = ?'),
      addActivity: database.prepare('INSERT INTO activity (instance_key, execution_id, task_id, name, input) VALUES (?, ?, ?, ?, ?)'),
      allActivities: database.prepare('SELECT * FROM activity ORDER BY seq'),
      deleteActivity: database.prepare('DELETE FROM activity WHERE seq = ?'),
      deleteActivities: database.prepare('DELETE FROM activity WHERE instance_key = ?'),
      addTimer: database.prepare('INSERT INTO timer (instance_key, task_id, fire_at) VALUES (?, ?, ?)'),
      dueTimers: database.prepare('SELECT instance_key, task_id, fire_at FROM timer WHERE fire_at <= ? ORDER BY fire_at LIMIT ?'),
      nextTimer: database.prepare('SELECT min(fire_at) AS fire_at FROM timer'),
      deleteTimer: database.prepare('DELETE FROM timer WHERE instance_key = ? AND task_id = ?'),
      deleteTimers: database.prepare('DELETE FROM timer WHERE instance_key = ?'),
    };
  }

  addHistory(key: number, episode: number, events: string): void {
    this.#sql.addHistory.run(key, episode, events);
  }

  /** The stored pieces of a history in order, each a JSON array, with its number. */
  readHistory(key: number): readonly { readonly episode: number; readonly events: string }[] {
    return this.#sql.readHistory.all(key).map((row) => ({ episode: Number(row['episode']), events: String(row['events']) }));
  }

  /** A whole history. */
  events(key: number): readonly HistoryEvent[] {
    return this.readHistory(key).flatMap((piece) => JSON.parse(piece.events) as HistoryEvent[]);
  }

  deleteHistory(key: number): void {
    this.#sql.deleteHistory.run(key);
  }

  addInbox(key: number, event: string): number {
    return Number(this.#sql.addInbox.run(key, event).lastInsertRowid);
  }

  allInbox(): readonly { readonly seq: number; readonly instanceKey: number; readonly event: string }[] {
    return this.#sql.allInbox
      .all()
      .map((row) => ({ seq: Number(row['seq']), instanceKey: Number(row['instance_key']), event: String(row['event']) }));
  }

  deleteInbox(seq: number): void {
    this.#sql.deleteInbox.run(seq);
  }

  addActivity(row: Omit<ActivityRow, 'seq'>): number {
    return Number(this.#sql.addActivity.run(row.instanceKey, row.executionId, row.taskId, row.name, row.input).lastInsertRowid);
  }

  allActivities(): readonly ActivityRow[] {
    return this.#sql.allActivities.all().map((row) => ({
      seq: Number(row['seq']),
      instanceKey: Number(row['instance_key']),
      executionId: String(row['execution_id']),
      taskId: Number(row['task_id']),
      name: String(row['name']),
      input: typeof row['input'] === 'string' ? row['input'] : null,
    }));
  }

  /** Whether it was still there. */
  deleteActivity(seq: number): boolean {
    return this.#sql.deleteActivity.run(seq).changes > 0;
  }

  /** Revokes all activities of an instance; a result that still comes is dropped. */
  deleteActivities(key: number): void {
    this.#sql.deleteActivities.run(key);
  }

  addTimer(row: TimerRow): void {
    this.#sql.addTimer.run(row.instanceKey, row.taskId, row.fireAt);
  }

  dueTimers(now: number, limit: number): readonly TimerRow[] {
    return this.#sql.dueTimers.all(now, limit).map((row) => ({
      instanceKey: Number(row['instance_key']),
      taskId: Number(row['task_id']),
      fireAt: Number(row['fire_at']),
    }));
  }

  /** When the next timer is due, in milliseconds since 1970. */
  nextTimerAt(): number | undefined {
    const value = this.#sql.nextTimer.get()?.['fire_at'];
    return typeof value === 'number' ? value : undefined;
  }

  deleteTimer(key: number, taskId: number): void {
    this.#sql.deleteTimer.run(key, taskId);
  }

  deleteTimers(key: number): void {
    this.#sql.deleteTimers.run(key);
  }
}
