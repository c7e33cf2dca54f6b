import type { RpcHttpCookie } from '../worker/rpc-types.ts';

const SAME_SITE: Readonly<Record<string, string>> = { lax: 'Lax', strict: 'Strict', explicitNone: 'None' };

/** A `Set-Cookie` header (RFC 6265, section 4.1). The value is percent-encoded as ASP.NET does for Azure. Throws for a name that HTTP does not allow. */
export function setCookie(cookie: RpcHttpCookie): string {
  const seconds = cookie.expires?.value?.seconds;
  const maxAge = cookie.maxAge?.value;
  const sameSite = SAME_SITE[cookie.sameSite ?? 'none'];
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(cookie.name))
    throw new Error(`The cookie name "${cookie.name}" has characters that HTTP does not allow.`);
  const parts = [
    `${cookie.name}=${encoded(cookie.value)}`,
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

// `Uri.EscapeDataString` leaves letters, digits and -._~ alone, and nothing else.
function encoded(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
