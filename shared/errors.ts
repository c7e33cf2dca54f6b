/** Who can mend an error, and whether trying again helps. */
type Handling = {
  readonly retry: 'transient' | 'throttled' | 'never';
  readonly who: 'operator' | 'author' | 'sender' | 'system';
};

/** The closed table of error codes: what each calls for. `docs/errors.md` explains each in words. */
export const errorTable = {
  'input-invalid': { retry: 'never', who: 'sender' },
  'signature-invalid': { retry: 'never', who: 'sender' },
  'event-conflict': { retry: 'never', who: 'sender' },
  'body-too-large': { retry: 'never', who: 'sender' },
  'not-found': { retry: 'never', who: 'sender' },
  ambiguous: { retry: 'never', who: 'sender' },
  unauthenticated: { retry: 'never', who: 'sender' },
  forbidden: { retry: 'never', who: 'operator' },
  'plan-differs': { retry: 'never', who: 'sender' },
  'wrong-state': { retry: 'never', who: 'sender' },
  'config-invalid': { retry: 'never', who: 'operator' },
  busy: { retry: 'transient', who: 'system' },
  superseded: { retry: 'never', who: 'system' },
  'target-unreachable': { retry: 'transient', who: 'operator' },
  'target-unavailable': { retry: 'transient', who: 'operator' },
  'target-throttled': { retry: 'throttled', who: 'system' },
  'target-refused': { retry: 'never', who: 'operator' },
  'target-forbidden': { retry: 'never', who: 'operator' },
  'target-conflict': { retry: 'never', who: 'operator' },
  'target-not-found': { retry: 'never', who: 'operator' },
  'record-invalid': { retry: 'never', who: 'operator' },
  'target-answer-invalid': { retry: 'transient', who: 'author' },
  'answer-lost': { retry: 'transient', who: 'system' },
  'not-verified': { retry: 'transient', who: 'operator' },
  'names-exhausted': { retry: 'never', who: 'operator' },
  'mapping-failed': { retry: 'never', who: 'author' },
  'store-unavailable': { retry: 'transient', who: 'operator' },
  internal: { retry: 'transient', who: 'author' },
} as const satisfies Record<string, Handling>;

export type ErrorCode = keyof typeof errorTable;

/** An error with a code of the closed table, a message for people, and optionally the other system's own code and request id. */
export class GatehouseError extends Error {
  readonly code: ErrorCode;
  readonly systemCode: string | undefined;
  readonly requestId: string | undefined;
  /** How long the other system asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: {
      readonly cause?: unknown;
      readonly systemCode?: string | undefined;
      readonly requestId?: string | undefined;
      readonly retryAfterMs?: number | undefined;
    } = {},
  ) {
    super(message, 'cause' in details ? { cause: details.cause } : {});
    this.name = 'GatehouseError';
    this.code = code;
    this.systemCode = details.systemCode;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
  }
}
