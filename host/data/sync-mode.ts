/**
 * What a commit survives: with `normal` the end of the process, however it comes, with `full` a loss of power too, because the
 * file is flushed at each commit (SQLite's `synchronous` in WAL mode, https://sqlite.org/pragma.html#pragma_synchronous).
 */
export type SyncMode = (typeof SYNC_MODES)[number];

/** All modes, as a person writes them. */
export const SYNC_MODES = ['normal', 'full'] as const;
