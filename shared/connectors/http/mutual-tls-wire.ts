import type { IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { createSecureContext } from 'node:tls';
import { asNotSent } from './fetch-wire.ts';
import { NotSent } from './not-sent.ts';
import { tellWire } from './told-wire.ts';
import type { Wire, WireRequest } from './wire.ts';

/** The certificate with which a client shows who it is, and its key, as PEM. */
export type ClientIdentity = {
  readonly certificate: string;
  readonly key: string;
  /** Certificates of the authority that the server's own is of; undefined for those that the process trusts anyway. */
  readonly authority?: string | undefined;
};

/**
 * Sends over TLS on which both sides show a certificate (RFC 8705), one attempt, no redirects, each bounded by `timeoutMs`. `fetch` takes no client certificate without a package of its own. The identity is read at each
 * use, so that a renewed one is taken up.
 */
export function createMutualTlsWire(timeoutMs: number, identity: () => Promise<ClientIdentity>): Wire {
  let held: { readonly of: string; readonly agent: Agent } | undefined;
  const agentOf = async (): Promise<Agent> => {
    const { certificate: cert, key, authority: ca } = await identity();
    if (held?.of !== cert) {
      held?.agent.destroy();
      held = { of: cert, agent: new Agent({ secureContext: createSecureContext({ cert, key, ca }), keepAlive: true }) };
    }
    return held.agent;
  };
  return tellWire(async (request, signal) => {
    if (signal.aborted) throw new NotSent('The call was given up before it was sent.', { cause: signal.reason });
    const agent = await agentOf().catch((error: unknown) => {
      throw new NotSent('The client certificate cannot be used: check that it and its key are PEM and belong together.', { cause: error });
    });
    try {
      return await exchanged(request, agent, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
    } catch (error) {
      throw asNotSent(new TypeError('The exchange failed.', { cause: error })) ?? named(error);
    }
  });
}

function exchanged({ method, url, headers, body }: WireRequest, agent: Agent, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    const call = httpsRequest(url, { method, headers, agent, signal }, (answer) => {
      collected(answer).then(resolve, reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

async function collected(answer: IncomingMessage): Promise<Response> {
  const parts: Uint8Array[] = [];
  for await (const part of answer) if (part instanceof Uint8Array) parts.push(part);
  const status = answer.statusCode ?? 500;
  const headers = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : Buffer.concat(parts), { status, headers });
}

/** A failure as `fetch` would tell of it: given up under its own name, all else with the system's code in its cause. */
function named(error: unknown): Error {
  return error instanceof Error && error.name === 'AbortError' ? error : new TypeError('The exchange failed.', { cause: error });
}
