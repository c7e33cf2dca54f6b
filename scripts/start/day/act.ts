import type { GatehouseApi } from '../gatehouse-api.ts';
import type { SandboxControl } from '../sandbox-control.ts';
import type { Screen } from '../screen.ts';
import type { Verdict } from '../verify/verdict.ts';

/** What an act plays on: the product as an operator sees it, the simulated company, and the terminal. */
export type Stage = {
  readonly api: GatehouseApi;
  readonly control: SandboxControl;
  readonly screen: Screen;
  readonly signal: AbortSignal;
};

/** A part of the sample day. What was played on an earlier start is not played again, only shown and looked at. */
export type Act = {
  readonly title: string;
  /** What HR enters first thing in the day, so that nobody waits for it when the act comes. */
  readonly early?: (stage: Stage) => Promise<void>;
  /** Plays, prints each run as it comes to its end, and answers what was found in the targets afterwards. */
  readonly play: (stage: Stage) => Promise<readonly Verdict[]>;
};
