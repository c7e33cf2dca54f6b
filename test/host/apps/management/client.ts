import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { broken } from './broken.ts';

type Method = (...args: readonly unknown[]) => Promise<unknown>;

const TIMES: ReadonlySet<string> = new Set(['createdTimeFrom', 'createdTimeTo']);

// Calls a method of the durable client with the arguments of the body; what it throws is the answer, too.
app.http('client', {
  route: 'client/{method}',
  methods: ['POST'],
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    const client = df.getClient(context) as unknown as Readonly<Record<string, Method>>;
    const args = JSON.parse(await request.text(), (name, value: unknown) =>
      TIMES.has(name) && typeof value === 'string' ? new Date(value) : value,
    ) as unknown[];
    try {
      return { jsonBody: { value: (await client[request.params['method'] ?? '']?.(...args)) ?? null } };
    } catch (error) {
      return { jsonBody: { error: error instanceof Error ? error.message : 'unknown' } };
    }
  },
});
app.http('wait', {
  route: 'wait/{id}/{timeout}',
  methods: ['POST'],
  extraInputs: [df.input.durableClient()],
  handler: (request, context) =>
    df.getClient(context).waitForCompletionOrCreateCheckStatusResponse(request, request.params['id'] ?? '', {
      timeoutInMilliseconds: Number(request.params['timeout']),
      retryIntervalInMilliseconds: 20,
    }),
});
app.http('break', {
  route: 'break/{name}',
  methods: ['POST'],
  handler: (request) => {
    broken.add(request.params['name'] ?? '');
    return {};
  },
});
app.http('repair', {
  route: 'repair/{name}',
  methods: ['POST'],
  handler: (request) => {
    broken.delete(request.params['name'] ?? '');
    return {};
  },
});
