import type { Mode } from '../../domain/mode.ts';

/** The global pause: while it is on, the gate writes nothing. */
export type Pause = { readonly by: string; readonly reason: string; readonly since: number };

/** How many people there were on a day, so that brakes measure against yesterday and not against what a bad file has just made of it. */
export type SwitchStore = {
  pause(): Promise<Pause | undefined>;
  setPause(pause: Pause | null): Promise<void>;
  /** How far each source, target and workflow may go, by keys such as `target/ad:contoso`. */
  modes(): Promise<Readonly<Record<string, Mode>>>;
  setMode(key: string, mode: Mode): Promise<void>;
  /** Keeps a day's count; the first one of a day stays. `day` is a calendar date, `key` what was counted, such as `people` or `source:generic`. */
  keepPopulation(day: string, key: string, count: number): Promise<void>;
  /** The newest count of a day before the given one. */
  populationBefore(day: string, key: string): Promise<number | undefined>;
};
