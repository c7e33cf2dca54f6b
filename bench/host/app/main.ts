import { app } from '@azure/functions';
import * as df from 'durable-functions';

df.app.activity('step', { handler: (number: number) => number + 1 });
df.app.orchestration('fiveSteps', function* (context) {
  let number: number = context.df.getInput() as number;
  for (let step = 0; step < 5; step += 1) number = yield context.df.callActivity('step', number);
  return number;
});
df.app.orchestration('waits', function* (context) {
  const number: number = yield context.df.callActivity('step', context.df.getInput());
  const added: number = yield context.df.waitForExternalEvent('Go');
  return number + added;
});
app.http('process', {
  methods: ['GET'],
  handler: () => {
    const { user, system } = process.cpuUsage();
    return { jsonBody: { cpuMs: (user + system) / 1000, rss: process.memoryUsage.rss() } };
  },
});
