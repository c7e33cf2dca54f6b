import * as df from 'durable-functions';
import { effect } from '../sample/effects.ts';
import { broken } from './broken.ts';

df.app.activity('step', {
  handler: (name: string) => {
    effect(name);
    if (broken.has(name)) throw new Error(`${name} is broken`);
    return `${name} done`;
  },
});
df.app.activity('block', {
  handler: async (name: string) => {
    effect(`begin ${name}`);
    while (broken.has(name)) await new Promise((resolve) => setTimeout(resolve, 5));
    effect(`end ${name}`);
  },
});

df.app.orchestration('echo', function* (context) {
  yield context.df.callActivity('step', 'echo');
  return { input: context.df.getInput(), version: context.df.version ?? null };
});
df.app.orchestration('waits', function* (context) {
  context.df.setCustomStatus('waiting');
  const go: unknown = yield context.df.waitForExternalEvent('Go');
  return { go };
});
df.app.orchestration('sleeps', function* (context) {
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 3_600_000));
});
df.app.orchestration('blocks', function* (context) {
  yield context.df.callActivity('block', context.df.instanceId);
  return context.df.getInput();
});
df.app.orchestration('story', function* (context) {
  const id = context.df.instanceId;
  yield context.df.callActivity('step', `${id} one`);
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 1));
  yield context.df.waitForExternalEvent('Go');
  yield context.df.callSubOrchestrator('order', 'x', `${id}-sub`);
  try {
    yield context.df.callActivity('step', `${id} bad`);
  } catch {
    yield context.df.waitForExternalEvent('End');
  }
  return ['the', 'end'];
});
df.app.orchestration('order', function* (context) {
  const id = context.df.instanceId;
  yield context.df.callActivity('step', `${id} one`);
  yield context.df.callActivity('step', `${id} two`);
  yield context.df.callActivity('step', `${id} three`);
  return 'ordered';
});
df.app.orchestration('retried', function* (context) {
  const id = context.df.instanceId;
  const twice = new df.RetryOptions(1, 2);
  yield context.df.callActivityWithRetry('step', twice, `${id} one`);
  yield context.df.callActivityWithRetry('step', twice, `${id} two`);
  return 'retried';
});
df.app.orchestration('cleaned', function* (context) {
  const id = context.df.instanceId;
  try {
    yield context.df.callActivity('step', `${id} one`);
    yield context.df.callActivity('step', `${id} two`);
  } catch (error) {
    yield context.df.callActivity('step', `${id} clean`);
    throw error;
  }
  return 'not cleaned';
});
df.app.orchestration('fanned', function* (context) {
  const steps = ['one', 'two', 'three'].map((step) => context.df.callActivity('step', `${context.df.instanceId} ${step}`));
  const results: string[] = yield context.df.Task.all(steps);
  return results.length;
});
df.app.orchestration('above', function* (context) {
  const id = context.df.instanceId;
  yield context.df.callActivity('step', `${id} one`);
  const below: string = yield context.df.callSubOrchestrator('order', undefined, `${id}-sub`);
  yield context.df.callActivity('step', `${id} three`);
  return below;
});
df.app.orchestration('faulty', function* (context) {
  yield context.df.callActivity('step', `${context.df.instanceId} one`);
  if (broken.has('the code')) throw new Error('the code is broken');
  return 'sound';
});
// Its first task is another one while its code is broken, which replay notices.
df.app.orchestration('drifts', function* (context) {
  const id = context.df.instanceId;
  const first = broken.has(`${id} code`) ? context.df.callActivity('step', id) : context.df.callActivity('block', id);
  yield context.df.Task.all([first, context.df.waitForExternalEvent('Go')]);
  yield context.df.waitForExternalEvent('End');
  return 'sound';
});
