import * as df from 'durable-functions';
import type { OrchestrationContext, TimerTask } from 'durable-functions';

// Each orchestration walks into one known trap of durable-functions 3.5.0.

const DAY = 86_400_000;

function timer(context: OrchestrationContext, ms: number): TimerTask {
  return context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + ms));
}

df.app.activity('echo', { handler: (value: unknown) => value });
df.app.activity('fail', {
  handler: () => {
    throw new Error('no');
  },
});
/** One deadline for two events; then an activity. */
df.app.orchestration('deadlineAgain', function* (context) {
  const deadline = timer(context, DAY);
  yield context.df.Task.any([context.df.waitForExternalEvent('E'), deadline]);
  yield context.df.Task.any([context.df.waitForExternalEvent('E'), deadline]);
  if (context.df.getInput() === 'cancel') deadline.cancel();
  return { result: yield context.df.callActivity('echo', 'done') };
});
/** An event task may be yielded again. */
df.app.orchestration('eventAgain', function* (context) {
  const event = context.df.waitForExternalEvent('E');
  const short = timer(context, 1000);
  yield context.df.Task.any([event, short]);
  const long = timer(context, DAY);
  const winner: df.Task = yield context.df.Task.any([event, long]);
  long.cancel();
  return { isEvent: winner === event, result: yield context.df.callActivity('echo', 'done') };
});
df.app.orchestration('cancelLong', function* (context) {
  const deadline = timer(context, 10 * DAY);
  yield context.df.Task.any([context.df.waitForExternalEvent('E'), deadline]);
  deadline.cancel();
  yield context.df.waitForExternalEvent('Later');
  return yield context.df.callActivity('echo', 'done');
});
df.app.orchestration('waitLong', function* (context) {
  yield timer(context, 30 * DAY);
  return yield context.df.callActivity('echo', 'done');
});
df.app.orchestration('retryTimeout', function* (context) {
  const options = new df.RetryOptions(60_000, 5);
  options.retryTimeoutInMilliseconds = 30_000;
  yield context.df.callActivityWithRetry('fail', options);
});
df.app.orchestration('openTimer', function* (context) {
  yield context.df.Task.any([context.df.waitForExternalEvent('E'), timer(context, DAY)]);
  return 'done';
});
df.app.orchestration('eternal', function* (context) {
  if (context.df.getInput() === undefined || context.df.getInput() === null) {
    yield context.df.waitForExternalEvent('Go');
    context.df.continueAsNew('again');
    return undefined;
  }
  const deadline = timer(context, DAY);
  const other = context.df.waitForExternalEvent('Other');
  const winner: df.Task = yield context.df.Task.any([other, deadline]);
  return { input: context.df.getInput(), got: winner === other };
});
df.app.orchestration('eventCase', function* (context) {
  return yield context.df.waitForExternalEvent('Approval');
});
df.app.orchestration('twoWaits', function* (context) {
  return yield context.df.Task.all([context.df.waitForExternalEvent('E'), context.df.waitForExternalEvent('E')]);
});
df.app.orchestration('timestamp', function* (context) {
  const { Timestamp } = context.df.getInput<{ Timestamp: unknown }>() ?? { Timestamp: undefined };
  yield context.df.callActivity('echo', 1);
  return Timestamp instanceof Date ? 'a Date' : typeof Timestamp;
});
