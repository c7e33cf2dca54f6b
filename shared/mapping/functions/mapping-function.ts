import type { MappingValue } from '../mapping-value.ts';
import type { RuntimeValue } from '../values/runtime-value.ts';

/** What an expression may know besides its text. */
export type EvaluationContext = {
  /** The value of an attribute; null where there is none. */
  readonly attributes: (name: string) => MappingValue;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The IANA zone in which DateDiff counts calendar days, weeks, months and years. */
  readonly zone: string;
  /** What DefaultDomain() answers. */
  readonly domain: string | null;
  /** A random whole number from 0 to below `bound`. */
  readonly random: (bound: number) => number;
};

/** An argument; undefined where it was left out between commas. */
export type Argument = RuntimeValue | undefined;

/** A function that needs all its arguments. `most` is Infinity where any number goes. Throws ValueProblem for a value that it cannot take. */
export type EagerFunction = {
  readonly least: number;
  readonly most: number;
  readonly apply: (values: readonly Argument[], context: EvaluationContext) => RuntimeValue;
};

/** A function that evaluates an argument only when it is wanted, so that an arm which is not taken cannot fail. */
export type LazyFunction = {
  readonly least: number;
  readonly most: number;
  readonly choose: (values: readonly (() => Argument)[]) => RuntimeValue;
};

export type MappingFunction = EagerFunction | LazyFunction;
