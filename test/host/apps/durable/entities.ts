import { appendFileSync } from 'node:fs';
import { app } from '@azure/functions';
import * as df from 'durable-functions';

const running = new Map<string, number>();
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function note(line: string): void {
  const file = process.env['EFFECTS'];
  if (file) appendFileSync(file, `${line}\n`);
}

/** Keeps a list: what was added to it, in order. */
// oxlint-disable-next-line typescript/no-misused-promises -- the library awaits what a handler returns, which its types do not foresee
df.app.entity<number[]>('List', async (context) => {
  const { df: entity } = context;
  const state = entity.getState(() => []) ?? [];
  const input = entity.getInput<number>() ?? 0;
  switch (entity.operationName) {
    case 'add': {
      const others = running.get(entity.entityKey) ?? 0;
      running.set(entity.entityKey, others + 1);
      await pause(entity.entityKey === 'killed' ? 8 : 1);
      running.set(entity.entityKey, others);
      if (others > 0) throw new Error('two batches at once');
      note(`${entity.entityKey} ${input}`);
      entity.setState([...state, input]);
      break;
    }
    case 'get':
      entity.return(state);
      break;
    case 'sum':
      entity.return(state.reduce((sum, one) => sum + one, 0));
      break;
    case 'fail':
      entity.setState([...state, -1]);
      throw new Error('the entity says no');
    case 'forward':
      entity.signalEntity(new df.EntityId('List', `${entity.entityKey}-copy`), 'add', input);
      break;
    case 'delete':
      entity.destructOnExit();
      break;
    default:
      entity.return({ operation: entity.operationName, name: entity.entityName, key: entity.entityKey, isNew: entity.isNewlyConstructed });
  }
});

const list = (key: unknown): df.EntityId => new df.EntityId('List', String(key));

df.app.orchestration('callList', function* (context) {
  const key = context.df.getInput();
  yield context.df.callEntity(list(key), 'add', 5);
  context.df.signalEntity(list(key), 'add', 6);
  yield context.df.Task.all([context.df.callEntity(list(key), 'add', 7), context.df.callEntity(list(`${String(key)}-b`), 'add', 8)]);
  const all: number[] = yield context.df.callEntity(list(key), 'get');
  const who: unknown = yield context.df.callEntity(list(key), 'who');
  return { all, who };
});
df.app.orchestration('callFailing', function* (context) {
  const key = context.df.getInput();
  let message = '';
  try {
    yield context.df.callEntity(list(key), 'fail');
  } catch (error) {
    message = String(error);
  }
  const state: unknown = yield context.df.callEntity(list(key), 'get');
  return { message, state };
});
df.app.orchestration('signalNobody', function* (context) {
  context.df.signalEntity(new df.EntityId('Nobody', 'k'), 'add');
  yield context.df.createTimer(context.df.currentUtcDateTime);
});
df.app.orchestration('signalMany', function* (context) {
  const key = context.df.getInput();
  for (let number = 0; number < 50; number += 1) context.df.signalEntity(list(key), 'add', number);
  return yield context.df.callEntity(list(key), 'get');
});

app.http('signal', {
  route: 'signal/{key}/{op}',
  methods: ['POST'],
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    const { key = '', op = '' } = request.params;
    const body = await request.text();
    await df.getClient(context).signalEntity(list(key), op, body === '' ? undefined : JSON.parse(body));
    return { status: 202 };
  },
});
app.http('read', {
  route: 'read/{key}',
  methods: ['GET'],
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => ({ jsonBody: await df.getClient(context).readEntityState(list(request.params['key'])) }),
});
