import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const page = readFileSync('docs/api.md', 'utf8');

/** Every method and path that the app registers, as they stand in its sources. */
function registeredRoutes(): readonly string[] {
  const main = readFileSync('functions/main.ts', 'utf8');
  const pages = readFileSync('functions/http/console-pages.ts', 'utf8');
  const found = [
    ...main.matchAll(/methods: \['(\w+)'\][^}]*?route: '([^']+)'/g),
    ...pages.matchAll(/method: '(\w+)',\s+route: '([^']+)'/g),
  ];
  return found.map(([, method = '', route = '']) => `${method} /${route}`);
}

describe('docs/api.md', () => {
  it('describes every route, and none that there is not', () => {
    const routes = registeredRoutes();
    expect(routes.length).toBeGreaterThan(10);
    const described = [...page.matchAll(/^\| \[?`((?:GET|POST|PUT|PATCH|DELETE) [^`]+)`/gm)].map(([, route = '']) => route);
    expect(described.toSorted()).toEqual(routes.toSorted());
  });
});
