import { z } from 'zod';
import { GatehouseError } from '../../errors.ts';
import type { TokenSource } from '../../ports/token-source.ts';
import { createApi } from './create-api.ts';
import { createFetchWire } from './fetch-wire.ts';
import { machinePace, type Pace } from './pace.ts';
import { createSharedToken } from './shared-token.ts';
import type { ErrorDialect } from './system-error.ts';

/** Where and as whom tokens are fetched. `secret` is what the client proves itself with, its secret or an assertion; it is read each time a token is needed, so that a rotated one is taken up. */
export type ClientCredentials = {
  readonly system: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly secret: () => Promise<string>;
  /** Empty where the server gives what the client has by itself (RFC 6749 section 3.3). */
  readonly scope: string;
  /** How the client authenticates: Entra takes the secret in the body, OCI by HTTP Basic (RFC 6749 section 2.3.1), or an assertion that the client signed (RFC 7523 section 2.2). */
  readonly authentication: 'body' | 'basic' | 'assertion';
};

const timeoutMs = 10_000;
const answer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive().default(300) });

/** OAuth 2.0 client credentials (RFC 6749 section 4.4). Errors are `GatehouseError`s with the server's own code, never with the secret. */
export function createClientCredentialsTokenSource(credentials: ClientCredentials, pace: Pace = machinePace): TokenSource {
  const wire = createFetchWire(timeoutMs);
  const api = createApi({
    system: credentials.system,
    baseUrl: credentials.tokenUrl,
    dialect: oauthDialect,
    pace,
    perform: async (_, signal) =>
      wire({ method: 'POST', url: credentials.tokenUrl, ...(await form(credentials)), priority: 'normal' }, signal),
  });
  return createSharedToken(async (signal) => {
    const reply = await api.read({ method: 'POST', path: '' }, signal);
    const parsed = answer.safeParse(reply.body);
    if (!parsed.success)
      throw new GatehouseError('target-answer-invalid', `${credentials.system}: the token endpoint answered without a token.`);
    return { token: parsed.data.access_token, lifetimeMs: parsed.data.expires_in * 1000 };
  }, pace);
}

async function form(credentials: ClientCredentials): Promise<{ readonly headers: Record<string, string>; readonly body: string }> {
  const secret = await credentials.secret();
  const fields = new URLSearchParams({ grant_type: 'client_credentials' });
  if (credentials.scope !== '') fields.set('scope', credentials.scope);
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  if (credentials.authentication === 'basic') {
    const pair = `${encodeURIComponent(credentials.clientId)}:${encodeURIComponent(secret)}`;
    headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  } else if (credentials.authentication === 'assertion') {
    fields.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    fields.set('client_assertion', secret);
  } else {
    fields.set('client_id', credentials.clientId);
    fields.set('client_secret', secret);
  }
  return { headers, body: fields.toString() };
}

const oauthError = z.object({ error: z.string().optional(), error_description: z.string().optional(), trace_id: z.string().optional() });

/** RFC 6749 section 5.2, with Entra's `trace_id`. */
const oauthDialect: ErrorDialect = (body, headers) => {
  const said = oauthError.safeParse(body).data;
  return { message: said?.error_description, code: said?.error, requestId: said?.trace_id ?? headers.get('opc-request-id') ?? undefined };
};
