import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createGenericHrSource } from '../../../shared/connectors/hr/create-generic-hr-source.ts';
import { createHrApi } from '../../../shared/connectors/hr/create-hr-api.ts';
import { createFixedTokenSource } from '../../../shared/connectors/http/fixed-token-source.ts';
import { createGraphApi } from '../../../shared/connectors/http/create-graph-api.ts';
import { graphList } from '../../../shared/connectors/http/graph-pages.ts';
import { createOciApi } from '../../../shared/connectors/oci/create-oci-api.ts';
import { searchUsers } from '../../../shared/connectors/oci/search-users.ts';
import { answer, startScriptedServer, type Script, type ScriptedServer } from './scripted-server.ts';

const signal = AbortSignal.timeout(20_000);
const tokens = createFixedTokenSource(() => Promise.resolve('key'));
let server: ScriptedServer | undefined;
afterEach(() => server?.stop());

async function serve(script: Script): Promise<ScriptedServer> {
  server = await startScriptedServer(script);
  return server;
}

async function ids(from: AsyncIterable<{ readonly id: string }>): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const { id } of from) all.push(id);
  return all;
}

describe('a collection of several pages', () => {
  it('is read to its end from Graph, by links of plain http too, with every page asked for once', async () => {
    const { url, seen } = await serve((request, number, response) => {
      const link = number < 3 ? { '@odata.nextLink': `http://${new URL(url).host}/v1.0/users?$select=id&$skiptoken=a%2Bb${number}` } : {};
      answer(response, 200, { value: [{ id: `${number}`, unknown: request.url }], ...link });
    });
    const users = await graphList(
      createGraphApi({ baseUrl: url }, tokens),
      { method: 'GET', path: '/users?$select=id' },
      z.object({ id: z.string() }),
      signal,
    );
    expect(users.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(seen.map((request) => request.url)).toEqual([
      '/v1.0/users?$select=id',
      '/v1.0/users?$select=id&$skiptoken=a%2Bb1',
      '/v1.0/users?$select=id&$skiptoken=a%2Bb2',
    ]);
  });

  it('is read to its end from OCI, whatever size of page the domain chooses', async () => {
    const { url, seen } = await serve((request, _, response) => {
      const { startIndex }: { startIndex: number } = JSON.parse(request.body);
      answer(response, 200, {
        totalResults: 5,
        Resources: [startIndex, startIndex + 1].filter((n) => n <= 5).map((n) => ({ id: `${n}` })),
      });
    });
    expect(await ids(searchUsers(createOciApi({ baseUrl: url }, tokens), {}, signal))).toEqual(['1', '2', '3', '4', '5']);
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST']);
  });

  it('ends when OCI announces more users than it gives', async () => {
    const { url } = await serve((_, number, response) =>
      answer(response, 200, { totalResults: 9, Resources: number === 1 ? [{ id: '1' }] : [] }),
    );
    expect(await ids(searchUsers(createOciApi({ baseUrl: url }, tokens), {}, signal))).toEqual(['1']);
  });

  it('is read to its end from HR, by cursors', async () => {
    const worker = (workerId: string) => ({
      workerId,
      status: 'active',
      workerType: 'employee',
      name: { given: 'Zoë' },
      hireDate: '2026-12-01',
      revision: 2,
    });
    const { url, seen } = await serve((_, number, response) =>
      answer(response, 200, { workers: [worker(`${number}`)], nextCursor: number < 3 ? `c&${number}` : null }),
    );
    const found: string[] = [];
    for await (const { worker: one } of createGenericHrSource(createHrApi({ baseUrl: url }, tokens)).all(signal)) found.push(one.workerId);
    expect(found).toEqual(['1', '2', '3']);
    expect(seen[1]?.url).toContain('cursor=c%261');
  });

  it('fails with the name of the field that HR got wrong', async () => {
    const { url } = await serve((_, __, response) => answer(response, 200, { workers: [{ workerId: '1', status: 'retired' }] }));
    const reading = createGenericHrSource(createHrApi({ baseUrl: url }, tokens)).all(signal);
    await expect(ids(mapped(reading))).rejects.toMatchObject({
      code: 'target-answer-invalid',
      message: expect.stringContaining('workers.0.status'),
    });
  });
});

async function* mapped(
  workers: AsyncIterable<{ readonly worker: { readonly workerId: string } }>,
): AsyncGenerator<{ readonly id: string }> {
  for await (const { worker } of workers) yield { id: worker.workerId };
}
