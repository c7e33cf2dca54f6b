/** The request certainly never left this process, so repeating it is safe. */
export class NotSent extends Error {
  /** When to try again, in milliseconds, where that is known. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, details: { readonly cause?: unknown; readonly retryAfterMs?: number } = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : {});
    this.name = 'NotSent';
    this.retryAfterMs = details.retryAfterMs;
  }
}
