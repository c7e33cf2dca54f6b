import { afterEach, expect, it } from 'vitest';
import { createApi } from '../../../shared/connectors/http/create-api.ts';
import { createFetchWire } from '../../../shared/connectors/http/fetch-wire.ts';
import { governWire } from '../../../shared/connectors/http/governed-wire.ts';
import { createGovernor } from '../../../shared/connectors/http/governor.ts';
import { graphDialect } from '../../../shared/connectors/http/graph-dialect.ts';
import { createGraphPerform } from '../../../shared/connectors/http/graph-perform.ts';
import { createRestPerform } from '../../../shared/connectors/http/rest-perform.ts';
import { createMemoryLedger } from '../../../shared/connectors/http/memory-ledger.ts';
import { urgently } from '../../../shared/connectors/http/urgency.ts';
import type { Wire } from '../../../shared/connectors/http/wire.ts';
import { answer, startScriptedServer, type ScriptedServer } from './scripted-server.ts';

const servers: ScriptedServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

const ways = {
  Graph: createGraphPerform,
  OCI: (baseUrl: string, wire: Wire) => createRestPerform(baseUrl, wire),
};

it.each(['Graph', 'OCI'] as const)('what is read to contain somebody goes before the reads that wait for quota, in %s', async (system) => {
  const signal = AbortSignal.timeout(10_000);
  const server = await startScriptedServer((_, __, response) => answer(response, 200, {}));
  servers.push(server);
  const quota = { limits: [{ name: 'one', burst: 1, perSecond: 20, reserve: 0 }], spanMs: 100 };
  const wire = governWire(createFetchWire(5_000), createGovernor(quota, { key: 'test', ledger: createMemoryLedger() }), () => ({ one: 1 }));
  const api = createApi({ system, baseUrl: server.url, dialect: graphDialect, perform: ways[system](server.url, wire) });
  const read = (name: string) => api.read({ method: 'GET', path: `/${name}` }, signal);
  const others = ['first', 'second', 'third'].map((name) => read(name));
  await Promise.all([...others, urgently(() => read('urgent'))]);
  expect(server.seen.map(({ url }) => url.split('/').at(-1))).toEqual(['urgent', 'first', 'second', 'third']);
});
