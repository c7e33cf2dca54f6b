/** What a system said was wrong, in its own words. */
export type SystemError = {
  readonly message: string | undefined;
  /** The system's own code, such as `Request_BadRequest`. */
  readonly code: string | undefined;
  /** The request id by which the system's support can find the call. */
  readonly requestId: string | undefined;
};

/** How one system spells its errors: finds message, code and request id in an answer. Never throws. */
export type ErrorDialect = (body: unknown, headers: Headers) => SystemError;
