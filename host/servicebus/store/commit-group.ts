import type { DatabaseSync } from 'node:sqlite';

/** What a commit group asks of its owner. */
export interface CommitHooks {
  /** Called before each commit: the last chance to write into the same transaction. If it throws, the turn is lost. */
  readonly beforeCommit: () => void;
  /** The transaction was lost: everything since the last commit is undone and its effects will not run. */
  readonly lost: (problem: Error) => void;
  /** An effect failed after its commit; what was committed stays. */
  readonly effectFailed: (problem: Error) => void;
}

/**
 * Gathers what happens within one turn of the event loop into one transaction. Effects (an acknowledgement to a sender, a
 * message to a receiver) run only after the commit of everything that was written before them.
 */
export class CommitGroup {
  readonly #database: DatabaseSync;
  readonly #hooks: CommitHooks;
  #effects: (() => void)[] = [];
  #failure: Error | undefined;
  #open = false;
  #scheduled: NodeJS.Immediate | undefined;
  #closed = false;

  constructor(database: DatabaseSync, hooks: CommitHooks) {
    this.#database = database;
    this.#hooks = hooks;
  }

  /** Runs a change inside the turn's transaction. A failure undoes the whole turn, because half a change must not be kept. */
  write<T>(change: () => T): T {
    this.schedule();
    try {
      if (!this.#open) this.#database.exec('BEGIN');
      this.#open = true;
      return change();
    } catch (error) {
      this.#failure ??= toError(error);
      throw error;
    }
  }

  /** Runs an effect after the commit of this turn. */
  after(effect: () => void): void {
    this.#effects.push(effect);
    this.schedule();
  }

  /** Sees to it that this turn ends with a commit. */
  schedule(): void {
    if (!this.#closed) this.#scheduled ??= setImmediate(() => this.#flush());
  }

  /** Nothing waits for a commit. */
  isIdle(): boolean {
    return this.#scheduled === undefined;
  }

  /** Commits what there is; nothing is committed afterwards. */
  close(): void {
    this.#flush();
    this.#closed = true;
    clearImmediate(this.#scheduled);
  }

  #flush(): void {
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    const failure = this.#prepare() ?? this.#commit();
    const effects = this.#effects;
    this.#effects = [];
    if (failure !== undefined) return this.#giveUp(failure);
    for (const effect of effects) this.#run(effect);
  }

  #prepare(): Error | undefined {
    try {
      if (this.#failure === undefined) this.#hooks.beforeCommit();
    } catch (error) {
      this.#failure ??= toError(error);
    }
    return this.#failure;
  }

  #commit(): Error | undefined {
    try {
      if (this.#open) this.#database.exec('COMMIT');
      this.#open = false;
      return undefined;
    } catch (error) {
      return toError(error);
    }
  }

  #giveUp(failure: Error): void {
    // SQLite has already rolled back after some failures (a full disk); then there is no transaction left to undo.
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    this.#open = false;
    this.#failure = undefined;
    this.#hooks.lost(failure);
  }

  #run(effect: () => void): void {
    try {
      effect();
    } catch (error) {
      this.#hooks.effectFailed(toError(error));
    }
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
