import type { QuotaAsk, QuotaCost, QuotaGrant } from '../../domain/quota.ts';
import { mapCost, plus } from './cost-sums.ts';
import { NotSent } from './not-sent.ts';
import type { Pace } from './pace.ts';
import { createSliceInHand, type SliceInHand } from './slice-in-hand.ts';
import { type WaitingCall, waitInLine } from './waiting-calls.ts';
import type { Priority } from './wire.ts';

/** What a line is given: the way to draw a slice, how long a slice may be spent, and what each limit yields in that time. */
export type LineParts = {
  readonly draw: (ask: Pick<QuotaAsk, 'first' | 'wish' | 'back' | 'isContainment'>) => Promise<QuotaGrant>;
  readonly spanMs: number;
  readonly perSpan: QuotaCost;
  readonly pace: Pace;
};

/** Calls that cost of the same limits. */
export type QuotaLine = {
  /** Resolves when the call may be sent; throws `NotSent` where it may not, or not soon. */
  admit(cost: QuotaCost, priority: Priority, signal: AbortSignal): Promise<void>;
  /** Nothing more is sent from the slice in hand. */
  drop(): void;
};

type Line = LineParts & { readonly waiting: WaitingCall[]; readonly hand: SliceInHand; isPumping: boolean; nap: AbortController };

// Longer than this and the step gives its lease back and comes again, rather than sit in memory.
const longestHoldMs = 10_000;
const storeAwayMs = 1_000;

/**
 * A line whose calls go in the order they came, containment first, and are paid from a slice in hand. The next slice is drawn before this one is used up, so that while calls
 * come regularly none of them waits for the ledger.
 */
export function createQuotaLine(parts: LineParts): QuotaLine {
  const hand = createSliceInHand(parts.spanMs, parts.perSpan, parts.pace);
  const line: Line = { ...parts, waiting: [], hand, isPumping: false, nap: new AbortController() };
  return {
    admit: async (cost, priority, signal) => {
      if (line.waiting.length === 0 && !signal.aborted && hand.pays(cost)) {
        hand.spend(cost);
        if (hand.isLow()) void pump(line, () => drawAhead(line));
        return;
      }
      const turn = waitInLine(line.waiting, { cost, priority }, signal);
      if (priority === 'contain') line.nap.abort();
      void pump(line, nothing);
      await turn;
    },
    drop: hand.drop,
  };
}

async function pump(line: Line, first: () => Promise<void>): Promise<void> {
  if (line.isPumping) return;
  line.isPumping = true;
  try {
    await first();
    await drain(line);
  } catch (error) {
    refuseAll(line, new NotSent('How much of the quota is left could not be read.', { cause: error, retryAfterMs: storeAwayMs }));
  } finally {
    line.isPumping = false;
  }
  // Who came after the last look at the line, and before this.
  if (line.waiting.length > 0) await pump(line, nothing);
}

async function nothing(): Promise<void> {
  // There is somebody in line already.
}

async function drain(line: Line): Promise<void> {
  for (serve(line); line.waiting[0] !== undefined; serve(line)) {
    const [head] = line.waiting;
    const { slice, waitMs } = await drawFor(line, head);
    if (slice !== null) line.hand.take(slice);
    // Somebody else is first by now.
    else if (line.waiting[0] !== head) continue;
    else if (waitMs > longestHoldMs) refuseAll(line, new NotSent('The quota is used up for now.', { retryAfterMs: Math.ceil(waitMs) }));
    // Others come together meanwhile, and one draw is for all of them; containment waits for nobody.
    else await sleep(line, head.priority === 'contain' ? waitMs : Math.max(waitMs, line.spanMs / 4));
  }
}

function serve({ waiting, hand }: Line): void {
  for (let next = waiting[0]; next !== undefined && hand.pays(next.cost); next = waiting[0]) {
    waiting.shift();
    hand.spend(next.cost);
    next.start();
  }
}

function drawFor({ waiting, hand, draw }: Line, head: WaitingCall): Promise<QuotaGrant> {
  const isContainment = head.priority === 'contain';
  const payable = waiting.filter(({ priority }) => !isContainment || priority === 'contain');
  const needed = payable.reduce<QuotaCost>((sum, { cost }) => plus(sum, cost), {});
  const wish = isContainment ? needed : plus(needed, hand.forecast());
  return draw({ first: head.cost, wish, back: hand.handBack(), isContainment });
}

async function drawAhead({ hand, draw }: Line): Promise<void> {
  const back = hand.isFresh() ? {} : hand.handBack();
  const left = hand.left();
  const wish = mapCost(hand.forecast(), (amount, name) => Math.max(0, amount - (left[name] ?? 0)));
  const { slice } = await draw({ first: {}, wish, back, isContainment: false });
  if (slice !== null) hand.take(slice);
}

async function sleep(line: Line, ms: number): Promise<void> {
  line.nap = new AbortController();
  await line.pace.wait(ms, line.nap.signal).catch(() => undefined);
}

function refuseAll({ waiting }: Line, problem: NotSent): void {
  for (const { refuse } of waiting.splice(0)) refuse(problem);
}
