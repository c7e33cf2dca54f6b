import { BlockList, isIPv6 } from 'node:net';
import type { HttpRequest } from '@azure/functions';
import type { SourceConfig } from '../../shared/config/systems.ts';
import { GatehouseError } from '../../shared/errors.ts';
import type { Log } from '../../shared/ports/log.ts';
import { senderAddress } from './sender-address.ts';

/** What of the product is needed. */
type Listening = { readonly operations: { readonly log: Log }; readonly trustedProxies: number };

/** Throws `forbidden`, and logs it, where a source may only be heard from certain addresses and the request is from another, or from one that cannot be known. */
export function refuseStrangers(
  product: Listening,
  request: Pick<HttpRequest, 'headers'>,
  source: Pick<SourceConfig, 'id' | 'allow'>,
): void {
  if (source.allow.length === 0) return;
  const address = senderAddress(request.headers, product.trustedProxies);
  if (address !== undefined && isWithin(source.allow, address)) return;
  product.operations.log.warn('A delivery was refused: its sender is not among the addresses of the source.', {
    source: source.id,
    address: address ?? 'unknown',
  });
  throw new GatehouseError(
    'forbidden',
    `The source “${source.id}” is heard from known addresses only, and ${address ?? 'the address of this request, which cannot be known,'} is not one of them (allow, in config/sources.yaml).`,
  );
}

function isWithin(ranges: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix] = range.split('/');
    const family = isIPv6(network) ? 'ipv6' : 'ipv4';
    list.addSubnet(network, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  // An IPv4 address in the notation of IPv6 is held against the ranges of IPv4 (https://nodejs.org/api/net.html#blocklistcheckaddress-type).
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
