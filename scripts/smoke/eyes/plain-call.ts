/** Asks one HTTP API with one token. */
export type PlainCall = (path: string) => Promise<{ readonly body: unknown; readonly headers: Headers } | undefined>;

const patienceMs = 30_000;

/** GET under an address: undefined for 404; any other refusal is thrown with its status, and with the target's words and request id. */
export function plainCall(base: string, token: string): PlainCall {
  return async (path) => {
    const headers = { Authorization: `Bearer ${token}`, ConsistencyLevel: 'eventual' };
    const response = await fetch(`${base}${path}`, { headers, redirect: 'manual', signal: AbortSignal.timeout(patienceMs) });
    const text = await response.text();
    if (response.status === 404) return undefined;
    if (!response.ok) {
      const request = response.headers.get('request-id') ?? response.headers.get('opc-request-id') ?? 'none';
      throw new Error(`GET ${new URL(base).host}${path} answered ${response.status} (request ${request}): ${text.slice(0, 300)}`);
    }
    return { body: JSON.parse(text), headers: response.headers };
  };
}
