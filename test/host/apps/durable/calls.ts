import * as df from 'durable-functions';
import type { CallHttpOptions } from 'durable-functions';

df.app.activity('echo', { handler: (value: unknown) => value });
df.app.orchestration('callHttp', function* (context) {
  const options = context.df.getInput<CallHttpOptions>() ?? { method: 'GET', url: '' };
  let answer: unknown;
  try {
    answer = yield context.df.callHttp(options);
  } catch (error) {
    answer = String(error);
  }
  const after: unknown = yield context.df.callActivity('echo', 'after');
  return { answer, after };
});
df.app.orchestration('callWithIdentity', function* (context) {
  const tokenSource = new df.ManagedIdentityTokenSource('https://management.core.windows.net/.default');
  yield context.df.callHttp({ method: 'GET', url: String(context.df.getInput()), tokenSource });
});
