import { describe, expect, it } from 'vitest';
import { createFixedTokenSource } from '../../../shared/connectors/http/fixed-token-source.ts';
import { createGraphApi } from '../../../shared/connectors/http/create-graph-api.ts';
import { limitConcurrency } from '../../../shared/connectors/http/limit-concurrency.ts';
import { answer, startScriptedServer } from './scripted-server.ts';

describe('calls of which only so many may be under way', () => {
  it('are never more than that at once, and all are made', async () => {
    let open = 0;
    let most = 0;
    const server = await startScriptedServer((_, number, response) => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        answer(response, number % 3 === 0 ? 400 : 200, {});
      });
    });
    const api = limitConcurrency(
      createGraphApi(
        { baseUrl: server.url },
        createFixedTokenSource(() => Promise.resolve('key')),
      ),
      4,
    );
    const results = await Promise.all(
      Array.from({ length: 40 }, () => api.write({ method: 'POST', path: '/x' }, AbortSignal.timeout(10_000))),
    );
    expect(results.filter(({ is }) => is === 'ok')).toHaveLength(27);
    expect(most).toBeLessThanOrEqual(4);
    expect(server.seen).toHaveLength(40);
    await server.stop();
  });
});
