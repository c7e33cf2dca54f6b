import type { TokenSource } from '../../ports/token-source.ts';
import { NotSent } from './not-sent.ts';
import type { Wire } from './wire.ts';

/**
 * Puts a bearer token on each request, for `origin` only: to any other origin it refuses to send at all.
 * A 401 means that nothing happened (RFC 6750 section 3.1): the token is renewed and the request repeated, once.
 */
export function authorizeWire(wire: Wire, tokens: TokenSource, origin: string): Wire {
  return async (request, signal) => {
    if (new URL(request.url).origin !== origin) throw new NotSent(`The address is not at ${origin}, so no token is sent there.`);
    const attempt = async () =>
      wire({ ...request, headers: { ...request.headers, authorization: `Bearer ${await tokenOf(tokens, signal)}` } }, signal);
    const response = await attempt();
    if (response.status !== 401) return response;
    await response.body?.cancel();
    tokens.renew();
    return attempt();
  };
}

async function tokenOf(tokens: TokenSource, signal: AbortSignal): Promise<string> {
  try {
    return await tokens.token(signal);
  } catch (error) {
    throw new NotSent(error instanceof Error ? error.message : 'No access token could be had.', { cause: error });
  }
}
