import { isIP } from 'node:net';

type Headers = { get(name: string): string | null };

/**
 * The address that a request comes from, or undefined where that cannot be known. Whoever hands a request on adds the address of the peer to the right of `X-Forwarded-For`: first each proxy of our own, then
 * the front end of Azure (or the embedded host). What stands further left was written by the sender, and proves nothing, so the entry is counted from the right. The front end also overwrites `Client-IP` with the
 * peer that it sees (https://github.com/Azure/app-service-linux-docs/blob/master/Things_You_Should_Know/headers.md): where the two disagree, nothing was added, and the address is unknown.
 */
export function senderAddress(headers: Headers, trustedProxies: number): string | undefined {
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map(addressIn);
  const overwritten = headers.get('client-ip');
  if (overwritten !== null && addressIn(overwritten) !== hops.at(-1)) return undefined;
  return hops.at(-1 - trustedProxies);
}

/** Azure writes `203.0.113.7:50123`; IPv6 comes in brackets, or bare. */
function addressIn(text: string): string | undefined {
  const trimmed = text.trim();
  const [, bracketed, withPort] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(trimmed) ?? [];
  const address = (bracketed ?? withPort ?? trimmed).toLowerCase();
  return isIP(address) === 0 || address.includes('%') ? undefined : address;
}
