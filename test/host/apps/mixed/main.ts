import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { appendFileSync, readFileSync } from 'node:fs';

// What was really done, also by a process that was killed right after: one line each.
const EFFECTS = process.env['EFFECTS'] ?? '';

function effect(line: string): void {
  appendFileSync(EFFECTS, `${line}\n`);
}

function timesOf(line: string): number {
  return readFileSync(EFFECTS, 'utf8').split(`\n${line}\n`).length - 1;
}

df.app.activity('add', {
  handler: ({ key, by, to }: { key: string; by: number; to: number }) => {
    effect(key);
    return to + by;
  },
});
df.app.activity('fickle', {
  handler: (key: string) => {
    // Lines around it, so that each occurrence counts.
    effect(`\n${key}\n`);
    if (timesOf(key) <= 2) throw new Error('not yet');
    return key;
  },
});

df.app.orchestration('chain', function* (context) {
  let sum = 0;
  for (const [step, by] of context.df.getInput<number[]>().entries()) {
    const sent: number = yield context.df.callActivity('add', { key: `${context.df.instanceId} ${step}`, by, to: sum });
    sum = sent;
  }
  return sum;
});
df.app.orchestration('fan', function* (context) {
  const numbers = context.df.getInput<number[]>();
  const tasks = numbers.map((by, step) => context.df.callActivity('add', { key: `${context.df.instanceId} ${step}`, by, to: 0 }));
  const added: number[] = yield context.df.Task.all(tasks);
  return added.reduce((sum, one) => sum + one, 0);
});
df.app.orchestration('retry', function* (context) {
  return yield context.df.callActivityWithRetry('fickle', new df.RetryOptions(5, 20), `${context.df.instanceId} 0`);
});
df.app.orchestration('family', function* (context) {
  const [first = 0, second = 0] = context.df.getInput<number[]>();
  const id = context.df.instanceId;
  const named: number = yield context.df.callSubOrchestrator('chain', [first, 1], `${id}-named`);
  const both: number[] = yield context.df.Task.all([
    context.df.callSubOrchestrator('chain', [second], `${id}-one`),
    context.df.callSubOrchestrator('unnamed', second),
  ]);
  return [named, ...both];
});
df.app.orchestration('unnamed', function* (context) {
  return yield context.df.callActivity('add', {
    key: `${context.df.parentInstanceId} unnamed`,
    by: 100,
    to: context.df.getInput<number>(),
  });
});
df.app.orchestration('timer', function* (context) {
  const [ms = 0, by = 0] = context.df.getInput<number[]>();
  const before: number = yield context.df.callActivity('add', { key: `${context.df.instanceId} 0`, by, to: 0 });
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + ms));
  return yield context.df.callActivity('add', { key: `${context.df.instanceId} 1`, by, to: before });
});
df.app.orchestration('rounds', function* (context) {
  const { left, sum } = context.df.getInput<{ left: number; sum: number }>();
  if (left === 0) return sum;
  const next: number = yield context.df.callActivity('add', { key: `${context.df.instanceId} ${left}`, by: left, to: sum });
  context.df.continueAsNew({ left: left - 1, sum: next });
  return undefined;
});
df.app.entity('tally', (context) => {
  const next = Number(context.df.getState(() => 0)) + Number(context.df.getInput());
  context.df.setState(next);
  context.df.return(next);
});
df.app.orchestration('tallied', function* (context) {
  const tally = new df.EntityId('tally', context.df.instanceId);
  let sum = 0;
  for (const by of context.df.getInput<number[]>()) {
    const counted: number = yield context.df.callEntity(tally, 'add', by);
    sum = counted;
  }
  return sum;
});
df.app.orchestration('events', function* (context) {
  const heard: string[] = [];
  for (let word = ''; word !== 'end';) {
    const said: string = yield context.df.waitForExternalEvent('Word');
    word = said;
    if (word !== 'end') heard.push(word);
  }
  return heard;
});

app.http('start', {
  route: 'start/{name}/{id}',
  methods: ['POST'],
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    const input: unknown = await request.json();
    const instanceId = await df
      .getClient(context)
      .startNew(request.params['name'] ?? '', { instanceId: request.params['id'] ?? '', input });
    return { status: 202, jsonBody: { instanceId } };
  },
});
app.serviceBusQueue('job', {
  connection: 'GATEHOUSE_SERVICEBUS',
  queueName: 'jobs',
  extraInputs: [df.input.durableClient()],
  handler: async (message, context) => {
    const { id, numbers } = message as { id: string; numbers: number[] };
    const client = df.getClient(context);
    // A message may come twice: what it starts is there already then.
    const known = await client.getStatus(id).catch(() => undefined);
    if (!known) await client.startNew('chain', { instanceId: id, input: numbers });
    effect(`job ${id}`);
  },
});
app.serviceBusQueue('step', {
  connection: 'GATEHOUSE_SERVICEBUS',
  queueName: 'steps',
  isSessionsEnabled: true,
  handler: (message, context) => effect(`step ${String(context.triggerMetadata?.['sessionId'])} ${String(message)}`),
});
