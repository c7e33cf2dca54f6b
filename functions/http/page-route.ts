import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { errorPage } from '../../console/error-page.ts';
import { contentSecurityPolicy } from '../../console/page.ts';
import { errorTable, GatehouseError } from '../../shared/errors.ts';
import type { Product } from '../compose/compose.ts';
import type { Caller } from '../compose/token-check.ts';
import { bearer, type Handler } from './api-route.ts';
import { problemOf } from './problem.ts';
import { refuseUnstorable } from './refuse-unstorable.ts';

const cookieName = 'gatehouse-token';
// The ID token of who signed in with App Service authentication (https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities): validated like any other, for the header itself proves nothing.
const frontToken = 'x-ms-token-aad-id-token';

/** A page for somebody who is signed in, by cookie or bearer token; others are sent to sign in first. Errors become a page too. */
export function pageRoute(product: Product, render: (request: HttpRequest, caller: Caller) => Promise<string>): Handler {
  return publicPage(product, async (request) => {
    const caller = await signedIn(product, request);
    return caller === undefined
      ? redirect(`/console/sign-in?returnTo=${encodeURIComponent(new URL(request.url).pathname)}`)
      : htmlResponse(200, await render(request, caller));
  });
}

/** A page for everybody. */
export function publicPage(product: Product, handle: (request: HttpRequest) => Promise<HttpResponseInit>): Handler {
  return async (request: HttpRequest, context: InvocationContext) => {
    try {
      refuseForeignForm(request);
      refuseUnstorable(request);
      return await handle(request);
    } catch (error) {
      const problem = problemOf(error, context.invocationId);
      const isForeseen = error instanceof GatehouseError && errorTable[error.code].who !== 'author';
      if (!isForeseen)
        product.operations.log.error('A page failed in a way that nobody foresaw.', {
          invocationId: context.invocationId,
          error,
        });
      return htmlResponse(problem.status, errorPage({ title: problem.title, detail: problem.detail, requestId: context.invocationId }));
    }
  };
}

async function signedIn(product: Product, request: HttpRequest): Promise<Caller | undefined> {
  const token = bearer(request) ?? cookieOf(request) ?? request.headers.get(frontToken);
  if (token === undefined || token === null) return undefined;
  return product.authenticate(token).catch((error: unknown) => {
    if (error instanceof GatehouseError && error.code === 'unauthenticated') return undefined;
    throw error;
  });
}

/** A form that another site posts has another origin (Fetch standard, section 3.2); ours have their own. */
function refuseForeignForm(request: HttpRequest): void {
  if (request.method !== 'POST') return;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none')
    throw new GatehouseError('forbidden', 'This form was sent from another site.');
}

function cookieOf(request: HttpRequest): string | undefined {
  const cookies = (request.headers.get('cookie') ?? '').split(';').map((part) => part.trim());
  return cookies.find((cookie) => cookie.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
}

/** The answer that keeps a token in the browser, out of reach of scripts and of other sites, or with undefined takes it away. */
export function keepToken(token: string | undefined, location: string, isSecure: boolean): HttpResponseInit {
  const life = token === undefined ? 'Max-Age=0' : 'Max-Age=28800';
  const cookie = `${cookieName}=${token ?? ''}; Path=/; HttpOnly; SameSite=Strict; ${life}${isSecure ? '; Secure' : ''}`;
  return { status: 303, headers: { Location: location, 'Set-Cookie': cookie } };
}

/** HTML under the pages' policy, never kept by a cache. */
export function htmlResponse(status: number, body: string): HttpResponseInit {
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': contentSecurityPolicy,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
  };
  return { status, headers, body };
}

export function redirect(location: string): HttpResponseInit {
  return { status: 303, headers: { Location: location } };
}
