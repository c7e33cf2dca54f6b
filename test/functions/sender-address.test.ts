import { describe, expect, it } from 'vitest';
import { refuseStrangers } from '../../functions/http/refuse-strangers.ts';
import { senderAddress } from '../../functions/http/sender-address.ts';
import { loadConfig } from '../../shared/config/load-config.ts';
import { catalog } from '../../shared/tasks/catalog.ts';
import { configWith, mistakesOf } from '../config/config-with.ts';

const seen = (forwarded: string, trustedProxies = 0, others: Record<string, string> = {}) =>
  senderAddress(new Headers({ 'x-forwarded-for': forwarded, ...others }), trustedProxies);

describe('The address of a sender', () => {
  it.each([
    ['203.0.113.7:50123', '203.0.113.7'],
    ['203.0.113.7', '203.0.113.7'],
    ['[2001:DB8::7]:50123', '2001:db8::7'],
    ['2001:db8::7', '2001:db8::7'],
    ['[::ffff:203.0.113.7]:50123', '::ffff:203.0.113.7'],
    ['1.1.1.1, 203.0.113.7:50123', '203.0.113.7'],
  ])('in %s is %s, the last entry: what stands before it was written by the sender', (header, address) => {
    expect(seen(header)).toBe(address);
  });

  it.each(['', 'unknown', '203.0.113', '203.0.113.7:50123, ', 'fe80::1%eth0', '203.0.113.7:x', '1.2.3.4 5.6.7.8'])(
    'in %j cannot be known',
    (header) => {
      expect(seen(header)).toBeUndefined();
    },
  );

  it('stands further left by as many proxies as are our own, and cannot be known where there are fewer entries', () => {
    expect(seen('9.9.9.9, 203.0.113.7, 10.0.0.4:1', 1)).toBe('203.0.113.7');
    expect(seen('9.9.9.9, 203.0.113.7, 10.0.0.5, 10.0.0.4', 2)).toBe('203.0.113.7');
    expect(seen('10.0.0.4', 1)).toBeUndefined();
    expect(senderAddress(new Headers(), 0)).toBeUndefined();
  });

  it('cannot be known where the front end says that its peer was another', () => {
    expect(seen('203.0.113.7', 0, { 'client-ip': '198.51.100.9:4711' })).toBeUndefined();
    expect(seen('203.0.113.7:1', 0, { 'client-ip': '203.0.113.7:1' })).toBe('203.0.113.7');
  });
});

describe('The ranges of a source', () => {
  const withAllow = (ranges: string) =>
    configWith([{ file: 'sources.yaml', from: 'kind: generic-hr', to: `kind: generic-hr\n    allow: ${ranges}` }]);

  it('take an address in either notation, and no other', () => {
    const { generic } = loadConfig(withAllow("[203.0.113.0/24, 198.51.100.9, '2001:db8::/32']"), catalog).sources;
    const warned: unknown[] = [];
    const log = { info: () => undefined, error: () => undefined, warn: (_: string, fields?: object) => warned.push(fields) };
    const isHeard = (forwarded: string): boolean => {
      const request = { headers: new Headers({ 'x-forwarded-for': forwarded }) };
      try {
        if (generic === undefined) throw new Error('There is no such source.');
        refuseStrangers({ operations: { log }, trustedProxies: 0 }, request, generic);
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'forbidden' });
        return false;
      }
    };
    for (const good of ['203.0.113.255', '198.51.100.9:80', '::ffff:203.0.113.7', '::ffff:cb00:7107', '[2001:db8:1::7]:80'])
      expect([good, isHeard(good)]).toEqual([good, true]);
    for (const bad of ['203.0.114.1', '198.51.100.8', '::ffff:203.0.114.1', '2001:db9::1', '::203.0.113.7', 'unknown', ''])
      expect([bad, isHeard(bad)]).toEqual([bad, false]);
    expect(warned.slice(-2)).toEqual([
      { source: 'generic', address: 'unknown' },
      { source: 'generic', address: 'unknown' },
    ]);
  });

  it.each(["['203.0.113.0/33']", "['203.0.113']", "['::ffff:203.0.113.0/120']", "['2001:db8::/129']", '[everywhere]', "['10.0.0.0/8/8']"])(
    'are refused at start where one of %s is no range',
    (ranges) => {
      expect(mistakesOf(withAllow(ranges))).toEqual([
        expect.stringContaining('must be a range of addresses, such as 203.0.113.0/24 or 2001:db8::/32'),
      ]);
    },
  );
});
