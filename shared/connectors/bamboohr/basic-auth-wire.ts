import { NotSent } from '../http/not-sent.ts';
import type { Wire } from '../http/wire.ts';

/**
 * Signs in to BambooHR with an API key, for `origin` only: HTTP Basic with the key as the user name; the password is not looked at and is `x` by convention
 * (https://documentation.bamboohr.com/docs/getting-started, Authentication). The key is read at each use, so that a rotated one is taken up.
 */
export function basicAuthWire(wire: Wire, key: () => Promise<string>, origin: string): Wire {
  return async (request, signal) => {
    if (new URL(request.url).origin !== origin) throw new NotSent(`The address is not at ${origin}, so no key is sent there.`);
    const credentials = Buffer.from(`${await keyOf(key)}:x`).toString('base64');
    return wire({ ...request, headers: { ...request.headers, authorization: `Basic ${credentials}` } }, signal);
  };
}

async function keyOf(key: () => Promise<string>): Promise<string> {
  try {
    return await key();
  } catch (error) {
    throw new NotSent(error instanceof Error ? error.message : 'The API key cannot be had.', { cause: error });
  }
}
