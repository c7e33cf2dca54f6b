import type { TokenSource } from '../../ports/token-source.ts';

/** A bearer key that does not change, such as an API key. It is read at each use, so that a rotated one is taken up. */
export function createFixedTokenSource(read: () => Promise<string>): TokenSource {
  return { token: read, renew: () => undefined };
}
