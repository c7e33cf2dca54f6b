import * as df from 'durable-functions';
import type { DurableLock } from 'durable-functions';

type Transfer = { readonly from: string; readonly to: string };
const list = (key: string): df.EntityId => new df.EntityId('List', key);

/** Reads two lists and adds to both; without the lock another transfer could come in between. */
df.app.orchestration('transfer', function* (context) {
  const { from, to } = context.df.getInput<Transfer>() ?? { from: '', to: '' };
  const lock: DurableLock = yield context.df.lock(list(from), list(to), list(from));
  const inside = context.df.isLocked();
  const before: number[] = yield context.df.Task.all([context.df.callEntity(list(from), 'sum'), context.df.callEntity(list(to), 'sum')]);
  yield context.df.callEntity(list(from), 'add', -1);
  yield context.df.callEntity(list(to), 'add', 1);
  const after: number[] = yield context.df.Task.all([context.df.callEntity(list(from), 'sum'), context.df.callEntity(list(to), 'sum')]);
  lock.release();
  return {
    moved: [(after[0] ?? 0) - (before[0] ?? 0), (after[1] ?? 0) - (before[1] ?? 0)],
    inside: [inside.isLocked, inside.ownedLocks.map((one) => one.key)],
    outside: context.df.isLocked().isLocked,
  };
});
/** Holds a lock until it is told what to do: `end`, `fail` or `release`. */
df.app.orchestration('holder', function* (context) {
  const lock: DurableLock = yield context.df.lock([list(String(context.df.getInput()))]);
  context.df.setCustomStatus('locked');
  const order: string = yield context.df.waitForExternalEvent('order');
  if (order === 'fail') throw new Error('failed inside');
  if (order === 'release') {
    lock.release();
    yield context.df.waitForExternalEvent('later');
  }
  return order;
});
df.app.orchestration('outsider', function* (context) {
  return yield context.df.callEntity(list(String(context.df.getInput())), 'sum');
});
df.app.orchestration('lockNobody', function* (context) {
  yield context.df.lock(new df.EntityId('Nobody', 'k'));
});
df.app.orchestration('breakRules', function* (context) {
  const lock: DurableLock = yield context.df.lock(list('rules'));
  const broken: string[] = [];
  const attempt = (what: () => unknown): void => {
    try {
      what();
    } catch (error) {
      broken.push(error instanceof Error ? error.name : '');
    }
  };
  attempt(() => context.df.lock(list('another')));
  attempt(() => context.df.callSubOrchestrator('outsider', 'x'));
  attempt(() => context.df.callEntity(list('another'), 'get'));
  attempt(() => context.df.signalEntity(list('rules'), 'get'));
  lock.release();
  return broken;
});
