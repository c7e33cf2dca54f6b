import type { Problem } from '../../domain/problem.ts';
import type { Priority } from './wire.ts';

/** A call of a JSON API. `path` begins with `/`, is relative to the base address, and is already percent-encoded. */
export type ApiRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly priority?: Priority;
};

/** A successful answer (2xx). `body` is the parsed JSON, undefined where there was none; `etag` the version that the answer names. */
export type Reply = { readonly status: number; readonly body: unknown; readonly requestId: string | undefined; readonly etag?: string };

/** What became of a write, before its connector knows the object's id. The meaning of each is that of `Answer`. */
export type WriteResult =
  | { readonly is: 'ok'; readonly reply: Reply }
  | { readonly is: 'lost'; readonly problem: Problem }
  | { readonly is: 'refused'; readonly problem: Problem; readonly status: number; readonly body: unknown }
  | { readonly is: 'later'; readonly problem: Problem; readonly retryAfterMs: number };

/** A system's JSON API. */
export type Api = {
  /** The system's name for people, such as `Microsoft Graph`. */
  readonly system: string;
  /** The base address, without a slash at the end. */
  readonly baseUrl: string;
  /**
   * Reads, with up to three repetitions on 429, 503, 504 and a cut connection, no sooner than the system asks. Throws `GatehouseError` for every answer but 2xx:
   * `target-not-found` on 404, `target-forbidden` on 401 and 403, `target-throttled`, `target-unavailable`, `target-unreachable`, `target-answer-invalid`.
   */
  read(request: ApiRequest, signal: AbortSignal): Promise<Reply>;
  /** Writes, in one attempt; never throws for what the system or the network did. */
  write(request: ApiRequest, signal: AbortSignal): Promise<WriteResult>;
};
