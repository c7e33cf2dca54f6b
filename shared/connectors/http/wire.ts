/** What jumps the queue when a quota is short: containment before everything else. */
export type Priority = 'contain' | 'normal';

/** One HTTP request as it goes out. */
export type WireRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly priority: Priority;
};

/** Sends one request and gives the answer, whatever its status. Throws `NotSent` where nothing left, and anything else where it may have. */
export type Wire = (request: WireRequest, signal: AbortSignal) => Promise<Response>;
