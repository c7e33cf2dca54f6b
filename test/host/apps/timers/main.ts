import { app } from '@azure/functions';
import { appendFileSync } from 'node:fs';

function effect(value: unknown): void {
  appendFileSync(process.env['EFFECTS'] ?? '', `${JSON.stringify(value)}\n`);
}

let running = 0;
app.timer('everySecond', {
  schedule: '* * * * * *',
  handler: (timer) => effect({ fn: 'everySecond', at: Date.now(), isPastDue: timer.isPastDue, status: timer.scheduleStatus }),
});
app.timer('atStart', {
  schedule: '0 0 0 1 1 *',
  runOnStartup: true,
  handler: (timer) => effect({ fn: 'atStart', isPastDue: timer.isPastDue }),
});
app.timer('yearly', {
  schedule: '0 0 0 1 1 *',
  handler: async (timer) => {
    running += 1;
    effect({ fn: 'yearly', running, isPastDue: timer.isPastDue, status: timer.scheduleStatus });
    await new Promise((resolve) => setTimeout(resolve, 60));
    running -= 1;
  },
});
let tries = 0;
app.timer('failing', {
  schedule: '0 0 0 1 1 *',
  runOnStartup: true,
  retry: { strategy: 'fixedDelay', maxRetryCount: 2, delayInterval: 0 },
  handler: (_, { retryContext }) => {
    const retry = retryContext && {
      count: retryContext.retryCount,
      of: retryContext.maxRetryCount,
      message: retryContext.exception?.message,
    };
    effect({ fn: 'failing', retry: retry ?? null });
    tries += 1;
    throw new Error(`no luck ${tries}`);
  },
});
