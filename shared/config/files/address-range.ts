import { isIPv4, isIPv6 } from 'node:net';
import { z } from 'zod';

/** A range of addresses (RFC 4632, RFC 4291 section 2.3), or one address. IPv4 is written as IPv4: `::ffff:` before it would match nothing. */
export const addressRange: z.ZodString = z
  .string()
  .refine(isRange, { error: 'must be a range of addresses, such as 203.0.113.0/24 or 2001:db8::/32' });

function isRange(text: string): boolean {
  const [network = '', prefix, ...more] = text.split('/');
  const bits = isIPv4(network) ? 32 : 128;
  const isAddress = isIPv4(network) || (isIPv6(network) && !/^::ffff:|%/i.test(network));
  return isAddress && more.length === 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits));
}
