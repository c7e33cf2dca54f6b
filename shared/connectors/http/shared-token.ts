import type { TokenSource } from '../../ports/token-source.ts';
import type { Pace } from './pace.ts';

type Fetched = { readonly token: string; readonly lifetimeMs: number };

/** Used up to this share of its life, so that a token never expires on its way. */
const usableShare = 0.9;

/** Caches a token and fetches a new one at most once at a time, whoever asks. A caller that gives up does not disturb the others. */
export function createSharedToken(fetchToken: (signal: AbortSignal) => Promise<Fetched>, pace: Pace): TokenSource {
  let cached: { readonly token: string; readonly until: number } | undefined;
  let fetching: Promise<string> | undefined;
  const start = (): Promise<string> => {
    const asked = pace.now();
    const run: Promise<string> = fetchToken(new AbortController().signal).then(
      ({ token, lifetimeMs }) => {
        if (fetching === run) fetching = undefined;
        cached = { token, until: asked + lifetimeMs * usableShare };
        return token;
      },
      (error: unknown) => {
        if (fetching === run) fetching = undefined;
        throw error;
      },
    );
    fetching = run;
    return run;
  };
  return {
    token: async (signal) => {
      if (cached !== undefined && pace.now() < cached.until) return cached.token;
      return unlessAborted(fetching ?? start(), signal);
    },
    renew: () => {
      cached = undefined;
    },
  };
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason instanceof Error ? signal.reason : new Error('given up'));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
