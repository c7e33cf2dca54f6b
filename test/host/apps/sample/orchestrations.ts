import * as df from 'durable-functions';
import { effect } from './effects.ts';

const attempts = new Map<string, number>();

df.app.activity('upper', { handler: (text: string) => text.toUpperCase() });
df.app.activity('typeOf', { handler: (value: unknown) => `${typeof value} ${JSON.stringify(value)}` });
df.app.activity('nothing', { handler: () => undefined });
df.app.activity('begin', {
  extraInputs: [df.input.durableClient()],
  handler: (instanceId: string, context) => df.getClient(context).startNew('sleep', { instanceId, input: 1 }),
});
df.app.orchestration('begins', function* (context) {
  return yield context.df.callActivity('begin', context.df.getInput());
});
df.app.activity('note', {
  handler: (line: string) => {
    effect(line);
    return line;
  },
});
df.app.activity('slow', {
  handler: async (line: string) => {
    effect(`begin ${line}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    effect(`end ${line}`);
    return line;
  },
});
df.app.activity('flaky', {
  handler: (input: { key: string; failures: number }) => {
    const attempt = (attempts.get(input.key) ?? 0) + 1;
    attempts.set(input.key, attempt);
    if (attempt <= input.failures) throw new Error(`failure ${attempt}`);
    return attempt;
  },
});
df.app.activity('fail', {
  handler: () => {
    throw new Error('boom');
  },
});

df.app.orchestration('values', function* (context) {
  const text: string = yield context.df.callActivity('upper', 'abc');
  const digits: string = yield context.df.callActivity('upper', '123');
  const object: string = yield context.df.callActivity('typeOf', { a: 1 });
  const none: unknown = yield context.df.callActivity('nothing');
  return { text, digits, object, none: none ?? null, input: context.df.getInput(), version: context.df.version ?? null };
});
df.app.orchestration('retries', function* (context) {
  const retry = new df.RetryOptions(5, 3);
  const ok: number = yield context.df.callActivityWithRetry('flaky', retry, { key: context.df.instanceId, failures: 2 });
  let failure = '';
  try {
    yield context.df.callActivityWithRetry('fail', new df.RetryOptions(5, 2));
  } catch (error) {
    failure = error instanceof Error ? error.message : '';
  }
  const after: string = yield context.df.callActivity('upper', 'after');
  return { ok, failure, after };
});
df.app.orchestration('child', function* (context) {
  const text: string = yield context.df.callActivity('upper', context.df.getInput());
  return `${context.df.parentInstanceId ?? 'none'}/${text}`;
});
df.app.orchestration('failingChild', function* (context) {
  yield context.df.callActivity('fail');
});
df.app.orchestration('parent', function* (context) {
  const both: string[] = yield context.df.Task.all([
    context.df.callSubOrchestrator('child', 'a'),
    context.df.callSubOrchestrator('child', 'b', `${context.df.instanceId}-b`),
  ]);
  let failure = '';
  try {
    yield context.df.callSubOrchestrator('failingChild');
  } catch (error) {
    failure = error instanceof Error ? error.message : '';
  }
  return { both, failure };
});
df.app.orchestration('approval', function* (context) {
  context.df.setCustomStatus({ stage: 'waiting' });
  const deadline = context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + Number(context.df.getInput())));
  const approval = context.df.waitForExternalEvent('Approval');
  const winner: df.Task = yield context.df.Task.any([approval, deadline]);
  if (winner === deadline) return 'too late';
  deadline.cancel();
  return approval.result;
});
df.app.orchestration('twoEvents', function* (context) {
  const first: unknown = yield context.df.waitForExternalEvent('E');
  const second: unknown = yield context.df.waitForExternalEvent('E');
  return [first, second];
});
df.app.orchestration('sleep', function* (context) {
  const from = context.df.currentUtcDateTime.getTime();
  yield context.df.createTimer(new Date(from + Number(context.df.getInput())));
  return context.df.currentUtcDateTime.getTime() - from;
});
df.app.orchestration('loop', function* (context) {
  const left = Number(context.df.getInput());
  yield context.df.callActivity('nothing');
  if (left > 0) {
    context.df.continueAsNew(left - 1);
    return undefined;
  }
  return 'looped';
});
df.app.orchestration('failing', function* (context) {
  yield context.df.callActivity('fail');
});
df.app.orchestration('unknownActivity', function* (context) {
  yield context.df.callActivity('doesNotExist');
});
let drift = 0;
df.app.orchestration('drifting', function* (context) {
  yield context.df.callActivity(drift++ === 0 ? 'upper' : 'nothing', 'x');
});
df.app.orchestration('chain', function* (context) {
  const id = context.df.instanceId;
  yield context.df.callActivity('slow', `${id} 1`);
  yield context.df.Task.all([context.df.callActivity('slow', `${id} 2`), context.df.callActivity('slow', `${id} 3`)]);
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 40));
  yield context.df.callSubOrchestrator('chainChild', id);
  yield context.df.callActivity('slow', `${id} 5`);
  return 'done';
});
df.app.orchestration('chainChild', function* (context) {
  const id = String(context.df.getInput());
  yield context.df.callActivity('slow', `${id} 4`);
});
