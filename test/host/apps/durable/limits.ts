import * as df from 'durable-functions';

df.app.activity('blow', {
  handler: (size: number) => {
    throw new Error('x'.repeat(size));
  },
});
class CodedError extends Error {
  override readonly name = 'CodedError';
  readonly code = 42;
}
df.app.setExceptionPropertiesProvider({
  getExceptionProperties: (error) => (error instanceof CodedError ? { code: error.code } : undefined),
});
df.app.activity('failWithCode', {
  handler: () => {
    throw new CodedError('coded');
  },
});
df.app.orchestration('codeInChild', function* (context) {
  yield context.df.callActivity('failWithCode');
});
df.app.orchestration('codes', function* (context) {
  const found: unknown[] = [];
  for (const task of [context.df.callActivity('failWithCode'), context.df.callSubOrchestrator('codeInChild')])
    try {
      yield task;
    } catch (error) {
      if (error instanceof df.TaskFailedError) found.push([error.message, error.failureDetails.properties]);
    }
  return found;
});
df.app.activity('fill', { handler: (size: number) => 'y'.repeat(size) });
df.app.orchestration('version', function* (context) {
  const own = context.df.version;
  const child: unknown = yield context.df.callSubOrchestrator('ownVersion');
  const given: unknown = yield context.df.callSubOrchestrator('ownVersion', null, undefined, '9.9');
  return [own, child, given];
});
df.app.orchestration('ownVersion', function* (context) {
  yield context.df.callActivity('echo', 1);
  return context.df.version;
});
df.app.orchestration('large', function* (context) {
  const input: string = context.df.getInput() ?? '';
  const filled: string = yield context.df.callActivity('fill', 1_200_000);
  const echoed: string = yield context.df.callActivity('echo', input);
  const child: string = yield context.df.callSubOrchestrator('largeChild', filled);
  return [input.length, filled.length, echoed.length, child.length];
});
df.app.orchestration('largeChild', function* (context) {
  yield context.df.callActivity('echo', 1);
  return context.df.getInput();
});
df.app.orchestration('largeError', function* (context) {
  yield context.df.callActivity('blow', 200_000);
});
df.app.orchestration('status', function* (context) {
  context.df.setCustomStatus('s'.repeat(Number(context.df.getInput())));
  yield context.df.callActivity('echo', 1);
  return 'kept';
});
df.app.orchestration('emptyError', function* (context) {
  yield context.df.callActivity('echo', 1);
  throw new Error('');
});
const attempts = new Map<string, number>();
df.app.orchestration('unsteady', function* (context) {
  const parent = context.df.parentInstanceId ?? '';
  yield context.df.callActivity('echo', 1);
  const number: unknown = yield context.df.callActivity('attempt', parent);
  if (Number(number) < 3) throw new Error(`attempt ${String(number)}`);
  return number;
});
df.app.activity('attempt', {
  handler: (key: string) => {
    attempts.set(key, (attempts.get(key) ?? 0) + 1);
    return attempts.get(key);
  },
});
df.app.orchestration('retriesChild', function* (context) {
  const retry = new df.RetryOptions(5, 3);
  const ok: unknown = yield context.df.callSubOrchestratorWithRetry('unsteady', retry, null, `${context.df.instanceId}-child`);
  let failure = '';
  try {
    yield context.df.callSubOrchestratorWithRetry('largeError', new df.RetryOptions(5, 2));
  } catch (error) {
    failure = error instanceof Error ? error.message.slice(0, 80) : '';
  }
  return { ok, failure, after: yield context.df.callActivity('echo', 'after') };
});
df.app.orchestration('waits', function* (context) {
  return yield context.df.waitForExternalEvent('Go');
});
df.app.orchestration('waitsForChild', function* (context) {
  try {
    return yield context.df.callSubOrchestrator('waits', null, `${context.df.instanceId}-child`);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
});
let drift = 0;
df.app.orchestration('drifts', function* (context) {
  const kind = String(context.df.getInput());
  drift += 1;
  if (drift % 2 === 1) yield context.df.callActivity('echo', 1);
  else if (kind === 'name') yield context.df.callActivity('fill', 1);
  else if (kind === 'kind') yield context.df.createTimer(context.df.currentUtcDateTime);
});
/** Takes what has come in, until it is told to end. */
df.app.orchestration('eternal', function* (context) {
  const seen = context.df.getInput<number[]>() ?? [];
  const value: number = yield context.df.waitForExternalEvent('Value');
  if (value < 0) return seen;
  context.df.continueAsNew([...seen, value]);
  return undefined;
});
