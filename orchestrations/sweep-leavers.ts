import type { SweepInput } from '../shared/operations/sweep/begin-sweep.ts';
import { callUntilDone, type Context, type Orchestration, sweepPages } from './durable.ts';

const sideBySide = 4;

/** Looks at everybody who has left: every target is listed once, then the people found there are looked at page by page. At most a hundred pages, so that the history stays short however many have left. */
export function* sweepLeavers(context: Context): Orchestration<string> {
  const input = context.df.getInput<SweepInput>();
  if (input === undefined) return 'no input';
  const { pages } = yield* callUntilDone(context, 'begin-sweep', input);
  for (let from = 0; from < pages.length; from += sideBySide)
    yield* sweepPages(
      context,
      pages.slice(from, from + sideBySide).map((page) => ({ ...input, ...page })),
    );
  yield* callUntilDone(context, 'end-sweep', input);
  return 'ended';
}
