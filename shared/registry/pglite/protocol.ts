/** What the registry's thread is asked. Everything passes by structured clone. `opens` begins a transaction before the statement itself. */
export type PgliteRequest = {
  readonly id: number;
  readonly opens: string | undefined;
  readonly sql: string;
  readonly parameters: readonly unknown[];
};

/** What it answers. `code` is PostgreSQL's SQLSTATE. */
export type PgliteAnswer =
  | {
      readonly id: number;
      readonly is: 'rows';
      readonly rows: readonly Record<string, unknown>[];
      readonly affected: number;
      readonly command: string;
    }
  | { readonly id: number; readonly is: 'error'; readonly message: string; readonly code: string | undefined };

export type PgliteReady = { readonly is: 'ready' } | { readonly is: 'broken'; readonly message: string };
