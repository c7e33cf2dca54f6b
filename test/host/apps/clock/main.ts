import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { appendFileSync } from 'node:fs';

const DAY_MS = 86_400_000;

function effect(value: unknown): void {
  appendFileSync(process.env['EFFECTS'] ?? '', `${JSON.stringify(value)}\n`);
}

app.http('connection', { handler: () => ({ body: process.env['GATEHOUSE_SERVICEBUS'] ?? '' }) });
app.timer('daily', {
  schedule: '0 0 6 * * *',
  handler: (timer) => effect({ fn: 'daily', next: timer.scheduleStatus?.next, isPastDue: timer.isPastDue }),
});
app.serviceBusQueue('remind', {
  connection: 'GATEHOUSE_SERVICEBUS',
  queueName: 'reminders',
  handler: (message, context) => effect({ fn: 'remind', message, at: context.triggerMetadata?.['enqueuedTimeUtc'] }),
});
df.app.activity('note', { handler: (line: string) => effect({ fn: 'note', line }) });
df.app.activity('slow', {
  handler: async (line: string) => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    effect({ fn: 'slow', line });
  },
});
// A day at a time, as an orchestration that is to live for years has to.
df.app.orchestration('eachDay', function* (context) {
  const { left, since } = context.df.getInput<{ left: number; since?: number }>();
  const now = context.df.currentUtcDateTime.getTime();
  if (left === 0) return now - (since ?? now);
  yield context.df.createTimer(new Date(now + DAY_MS));
  context.df.continueAsNew({ left: left - 1, since: since ?? now });
  return undefined;
});
df.app.orchestration('sleep', function* (context) {
  const from = context.df.currentUtcDateTime.getTime();
  yield context.df.createTimer(new Date(from + context.df.getInput<number>()));
  return context.df.currentUtcDateTime.getTime() - from;
});
df.app.orchestration('work', function* (context) {
  const from = context.df.currentUtcDateTime.getTime();
  yield context.df.callActivity('slow', context.df.instanceId);
  return context.df.currentUtcDateTime.getTime() - from;
});
df.app.orchestration('approval', function* (context) {
  const deadline = context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + DAY_MS));
  const approval = context.df.waitForExternalEvent('Approval');
  yield context.df.Task.any([approval, deadline]);
  deadline.cancel();
  return approval.result;
});
