import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionsOf } from '../../functions/tables/functions-of.ts';

const page = readFileSync('docs/api.md', 'utf8');

describe('docs/api.md', () => {
  it('describes every route, and none that there is not', async () => {
    const routes = (await functionsOf('all')).flatMap((one) => (one.on === 'http' ? [`${one.method} /${one.route}`] : []));
    expect(routes.length).toBeGreaterThan(10);
    const described = [...page.matchAll(/^\| \[?`((?:GET|POST|PUT|PATCH|DELETE) [^`]+)`/gm)].map(([, route = '']) => route);
    expect(described.toSorted()).toEqual(routes.toSorted());
  });
});
