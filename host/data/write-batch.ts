import type { DatabaseSync } from 'node:sqlite';
import { guardWrites } from './guard-writes.ts';

/**
 * Groups the writes of one turn of the event loop into one transaction. A piece of work writes at once, so the next
 * one reads what it wrote; it becomes durable when the turn ends, and only then do its effects start.
 */
export type WriteBatch = {
  /** Makes sure that a transaction is open; call before writing. */
  open(): void;
  /** Runs within the transaction, at its end, in the order of the calls: for what may prove needless before. */
  beforeCommit(write: () => void): void;
  /** Runs after the commit of what has been written so far. */
  afterCommit(effect: () => void): void;
  /** Resolves once what has been written so far is committed. */
  committed(): Promise<void>;
  /** Commits now. */
  flush(): void;
  /** Nothing waits for its commit. */
  isIdle(): boolean;
};

/**
 * A batch over one connection, for the statements that are prepared on it from now on. A write or commit that fails (a full
 * disk, a broken file) calls `onBroken`, once, and nothing is committed any more: the process has to end, and continues from the last commit when it is started again.
 */
export function createWriteBatch(database: DatabaseSync, onBroken: (error: unknown) => void): WriteBatch {
  let isOpen = false;
  let isBroken = false;
  let effects: (() => void)[] = [];
  let lastWrites: (() => void)[] = [];
  const breakDown = (error: unknown): void => {
    if (isBroken) return;
    isBroken = true;
    onBroken(error);
  };
  guardWrites(database, breakDown);
  const flush = (): void => {
    if (!isOpen) return;
    isOpen = false;
    if (isBroken) {
      if (database.isTransaction) database.exec('ROLLBACK');
      return;
    }
    const due = effects;
    effects = [];
    try {
      for (const write of lastWrites) write();
      lastWrites = [];
      database.exec('COMMIT');
    } catch (error) {
      breakDown(error);
      return;
    }
    for (const effect of due) effect();
  };
  const open = (): void => {
    if (isBroken) throw new Error('The database cannot be written any more.');
    if (isOpen) return;
    database.exec('BEGIN IMMEDIATE');
    isOpen = true;
    setImmediate(flush);
  };
  const beforeCommit = (write: () => void): void => {
    open();
    lastWrites.push(write);
  };
  const afterCommit = (effect: () => void): void => {
    if (isOpen) effects.push(effect);
    else effect();
  };
  const committed = (): Promise<void> => new Promise((resolve) => afterCommit(resolve));
  return { open, beforeCommit, afterCommit, flush, isIdle: () => !isOpen, committed };
}
