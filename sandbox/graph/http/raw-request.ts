import type { HttpBody } from '../../foundation/http-wire.ts';

/** A request to `/v1.0` as it came in, or as an item of a batch. */
export type RawRequest = {
  readonly method: string;
  /** Scheme, host and port that the client called. */
  readonly origin: string;
  /** Below `/v1.0`, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: HttpBody;
};
