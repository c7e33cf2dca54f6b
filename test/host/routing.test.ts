import { describe, expect, it, vi } from 'vitest';
import { HostError } from '../../host/host-error.ts';
import { createHttpRouter } from '../../host/http/routing/http-router.ts';
import { compileRoute } from '../../host/http/routing/route-template.ts';
import type { AppFunction } from '../../host/worker/app-registry.ts';

const match = (template: string, path: string): unknown => compileRoute(template, 'f').match(path);

function httpFunction(name: string, route: string, methods: readonly string[] = ['GET']): AppFunction {
  const trigger = { type: 'httpTrigger', route, methods };
  return {
    name,
    triggerName: 'request',
    triggerType: 'httptrigger',
    trigger,
    metadata: { name, bindings: { request: trigger } },
    durableClients: [],
    callback: () => undefined,
  };
}

/** What the host says at the start, and the function that each path reaches. */
function chosen(
  routes: Readonly<Record<string, string>>,
  paths: readonly string[],
): { warnings: string; names: readonly (string | undefined)[] } {
  let warnings = '';
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    warnings += String(text);
    return true;
  });
  const router = createHttpRouter(
    Object.entries(routes).map(([name, route]) => httpFunction(name, route)),
    'api',
  );
  spy.mockRestore();
  return { warnings, names: paths.map((path) => router('GET', path)?.fn.name) };
}

describe('A route', () => {
  it.each([
    ['orders/{id}', '/orders/a%20b', { id: 'a b' }],
    ['Orders/{id}', '/oRDERS/7/', { id: '7' }],
    ['orders/{id}', '/orders', undefined],
    ['orders/{id}', '/orders/7/8', undefined],
    ['orders/{id?}', '/orders', {}],
    ['orders/{id=all}', '/orders', { id: 'all' }],
    ['orders/{id=all}', '/orders/7', { id: '7' }],
    ['files/{*path}', '/files/a/b%2Fc.txt', { path: 'a/b/c.txt' }],
    ['files/{**path}', '/files', {}],
    ['files/{kind?}/{*path}', '/files/a/b/c', { kind: 'a', path: 'b/c' }],
    ['files/{name}.{extension}', '/files/a.b.txt', { name: 'a.b', extension: 'txt' }],
    ['files/{name}.{extension?}', '/files/a', { name: 'a' }],
    ['files/{name}.{extension?}', '/files/a.txt', { name: 'a', extension: 'txt' }],
    ['v{major:int}/x', '/v2/x', { major: '2' }],
    ['v{major:int}/x', '/vx/x', undefined],
    ['a{{b}}/{c}', '/a%7Bb%7D/d', { c: 'd' }],
    ['a//b', '/a/b', {}],
    ['a/{x}', '/a//', undefined],
    ['a/{x}', '/a/%E0%A4%A', undefined],
  ])('%s with the path %s', (template, path, expected) => {
    expect(match(template, path)).toEqual(expected);
  });

  it.each([
    ['int', ['0', '-7', '2147483647'], ['2147483648', '1.5', 'x']],
    ['long', ['9223372036854775807'], ['9223372036854775808']],
    ['bool', ['true', 'FALSE'], ['1', 'yes']],
    [
      'guid',
      ['CD2C1638-1638-72D5-1638-DEADBEEF1638', 'cd2c1638163872d51638deadbeef1638', '{cd2c1638-1638-72d5-1638-deadbeef1638}'],
      ['cd2c1638'],
    ],
    ['datetime', ['2026-12-31', '2026-12-31 7:32pm', '2026-12-31T07:32:00Z'], ['soon', '7', '2026-13-45']],
    ['decimal', ['49.99', '-1,000.5', '.5'], ['1e3', 'x']],
    ['double', ['1.234', '-1,001.01e8'], ['x']],
    ['float', ['1.234', '5e-2'], ['x']],
    ['alpha', ['Rick'], ['R2D2']],
    ['length(3)', ['abc'], ['ab', 'abcd']],
    ['length(2,3)', ['ab', 'abc'], ['a', 'abcd']],
    ['minlength(2)', ['ab'], ['a']],
    ['maxlength(2)', ['ab'], ['abc']],
    ['min(18)', ['18', '200'], ['17', 'x']],
    ['max(18)', ['18', '-200'], ['19']],
    ['range(18,120)', ['18', '120'], ['17', '121']],
    ['regex(^\\d{{3}}-\\d{{2}}$)', ['123-45'], ['123-456', 'x123-45']],
    ['regex(^(a|b)$)', ['a', 'B'], ['c']],
    ['required', ['x'], []],
    ['int:min(1):max(9)', ['5'], ['0', '10', 'x']],
    ['file', ['a.txt'], ['a', 'a.']],
    ['nonfile', ['a'], ['a.txt']],
  ])('with the constraint %s takes only what fits', (constraint, good, bad) => {
    for (const value of good)
      expect([value, match(`x/{p:${constraint}}`, `/x/${encodeURIComponent(value)}`)]).toEqual([value, { p: value }]);
    for (const value of bad) expect([value, match(`x/{p:${constraint}}`, `/x/${encodeURIComponent(value)}`)]).toEqual([value, undefined]);
  });

  it('holds constraints against an optional parameter only where it is there', () => {
    expect([match('x/{id:int?}', '/x'), match('x/{id:int?}', '/x/7'), match('x/{id:int?}', '/x/y')]).toEqual([{}, { id: '7' }, undefined]);
  });

  it.each([
    ['x/{id', 'its braces do not match'],
    ['x/{}', 'is not understood'],
    ['x/{a}{b}', 'side by side'],
    ['x/{*rest}/y', 'must be the last segment'],
    ['x/{id:number}', 'the route constraint "number" is not known'],
    ['x/{id:length(a)}', 'the route constraint "length(a)" is not known'],
    ['x/{id:regex(()}', 'is not understood'],
    ['x/{id=1?}', 'is not optional as well'],
  ])('is refused where it cannot be read: %s', (template, message) => {
    expect(() => compileRoute(template, 'f')).toThrow(HostError);
    expect(() => compileRoute(template, 'f')).toThrow(message);
  });
});

describe('Of several routes that fit', () => {
  const routes = {
    a: 'x/{*rest}',
    b: 'x/{id}',
    c: 'x/{id:int}',
    d: 'x/list',
    e: 'x/{id}/y',
    f: 'x',
    g: 'v{n}/z',
    h: 'x/{*rest:regex(^q)}',
  };

  it('the most specific is taken, as by ASP.NET: literal, constrained, parameter, constrained rest, rest', () => {
    const paths = [
      '/api/x/list',
      '/api/x/7',
      '/api/x/other',
      '/api/x/other/y',
      '/api/x/other/z',
      '/api/x',
      '/api/v1/z',
      '/api/x/q/r',
      '/api/y',
    ];
    expect(chosen(routes, paths).names).toEqual(['d', 'c', 'b', 'e', 'a', 'f', 'g', 'h', undefined]);
  });

  it('it is said where Azure, which goes by function names, would take another', () => {
    const { warnings } = chosen({ me: 'people/me', byName: 'people/{name}', zoo: 'people/{name:alpha}/x' }, []);
    expect(warnings).toBe(
      'warning host "api/people/me" of "me" fits "api/people/{name}" of "byName" too. This host calls "me", the more specific one; Azure calls the first by name, "byName". Rename one, or add a constraint.\n',
    );
    expect(chosen({ a: 'people/me', b: 'people/{name}' }, []).warnings).toBe('');
    expect(chosen({ b: 'people/me', a: 'people/{id:int}' }, []).warnings).toBe('');
    expect(chosen({ b: 'people/me', a: 'people/{id}/x' }, []).warnings).toBe('');
    expect(chosen({ b: 'people', a: '{*all}' }, []).warnings).toContain('Azure calls the first by name, "a"');
  });

  it('the method decides between functions of one route', () => {
    const router = createHttpRouter([httpFunction('read', 'x/{id}', ['GET']), httpFunction('write', 'x/{id}', ['PUT', 'delete'])], '');
    expect(['GET', 'HEAD', 'PUT', 'DELETE', 'POST'].map((method) => router(method, '/x/1')?.fn.name)).toEqual([
      'read',
      'read',
      'write',
      'write',
      undefined,
    ]);
  });
});
