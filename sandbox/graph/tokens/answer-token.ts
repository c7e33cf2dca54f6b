import type { HttpBody } from '../../foundation/http-wire.ts';
import type { WireAnswer } from '../../foundation/wire.ts';
import type { World } from '../../foundation/world.ts';
import { apiScope, authenticateClient, graphClient, isApiClient, isGraphClient } from '../../tokens/clients.ts';
import { issueApiToken, issueGraphToken } from '../../tokens/issue-token.ts';
import { tenant } from '../../tokens/tenant.ts';
import { tokenFailureAnswer, type TokenFailure } from './token-failure.ts';

/** A request to the token endpoint. */
export type TokenRequest = { readonly tenantName: string; readonly authorization: string | undefined; readonly body: HttpBody };

/** Answers the client credentials grant with a secret in the body or as HTTP Basic
 * (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow). */
export async function answerToken(world: World, request: TokenRequest): Promise<WireAnswer> {
  const form = formOf(request.body);
  const { id, secret } = credentialsOf(request.authorization, form);
  const failure = failureOf(request.tenantName, form, id);
  if (failure !== undefined) return tokenFailureAnswer(failure, world.now());
  const client = authenticateClient(id, secret);
  if (client === undefined) {
    return tokenFailureAnswer(
      { status: 401, error: 'invalid_client', number: 7_000_215, text: `Invalid client secret provided for app '${id}'.` },
      world.now(),
    );
  }
  const { token, expiresIn } = client.is === 'graph' ? await issueGraphToken(world, client.id) : await issueApiToken(world, client.client);
  return {
    status: 200,
    headers: { 'Cache-Control': 'no-store' },
    body: { token_type: 'Bearer', expires_in: expiresIn, ext_expires_in: expiresIn, access_token: token },
  };
}

type Form = Readonly<Record<string, string | undefined>>;

function failureOf(tenantName: string, form: Form, id: string): TokenFailure | undefined {
  if (!Object.values<string>(tenant).includes(tenantName.toLowerCase())) {
    return { status: 400, error: 'invalid_request', number: 90_002, text: `Tenant '${tenantName}' not found.` };
  }
  if (form['grant_type'] !== 'client_credentials') {
    return {
      status: 400,
      error: 'unsupported_grant_type',
      number: 70_003,
      text: `The app requested an unsupported grant type '${form['grant_type'] ?? ''}'.`,
    };
  }
  const expected = isGraphClient(id) ? graphClient.scope : isApiClient(id) ? apiScope.scope : undefined;
  if (expected === undefined) {
    return {
      status: 400,
      error: 'unauthorized_client',
      number: 700_016,
      text: `Application with identifier '${id}' was not found in the directory 'Contoso'.`,
    };
  }
  if (form['scope'] === undefined)
    return { status: 400, error: 'invalid_request', number: 90_014, text: "The required field 'scope' is missing." };
  if (form['scope'] === expected) return undefined;
  return {
    status: 400,
    error: 'invalid_scope',
    number: 70_011,
    text: `The provided value for the input parameter 'scope' is not valid. The scope ${form['scope']} is not valid.`,
  };
}

function formOf(body: HttpBody): Form {
  // A form is text by name.
  return body.is === 'form' && typeof body.value === 'object' && body.value !== null ? (body.value as Form) : {};
}

// RFC 6749 section 2.3.1: the parts of Basic credentials are form-encoded.
function credentialsOf(authorization: string | undefined, form: Form): { readonly id: string; readonly secret: string } {
  const [, basic] = /^Basic (.+)$/i.exec(authorization ?? '') ?? [];
  if (basic === undefined) return { id: form['client_id'] ?? '', secret: form['client_secret'] ?? '' };
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString().split(':');
  const decode = (text: string) => new URLSearchParams(`v=${text}`).get('v') ?? '';
  return { id: decode(id), secret: decode(secret.join(':')) };
}
