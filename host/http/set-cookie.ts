import type { RpcHttpCookie } from '../worker/rpc-types.ts';

const SAME_SITE: Readonly<Record<string, string>> = { lax: 'Lax', strict: 'Strict', explicitNone: 'None' };

/** A `Set-Cookie` header (RFC 6265, section 4.1); name and value are percent-encoded as ASP.NET does for Azure. */
export function setCookie(cookie: RpcHttpCookie): string {
  const seconds = cookie.expires?.value?.seconds;
  const maxAge = cookie.maxAge?.value;
  const sameSite = SAME_SITE[cookie.sameSite ?? 'none'];
  const parts = [
    `${encodeURIComponent(cookie.name)}=${encodeURIComponent(cookie.value)}`,
    seconds === undefined ? undefined : `Expires=${new Date(Number(seconds) * 1000).toUTCString()}`,
    maxAge === undefined ? undefined : `Max-Age=${Math.trunc(maxAge)}`,
    cookie.domain?.value ? `Domain=${cookie.domain.value}` : undefined,
    `Path=${cookie.path?.value ?? '/'}`,
    ...flags(cookie),
    sameSite ? `SameSite=${sameSite}` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join('; ');
}

function flags(cookie: RpcHttpCookie): readonly string[] {
  return [...(cookie.secure?.value ? ['Secure'] : []), ...(cookie.httpOnly?.value ? ['HttpOnly'] : [])];
}
