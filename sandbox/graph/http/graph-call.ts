import type { World } from '../../foundation/world.ts';

/** A request that was found to fit the contract. */
export type GraphCall = {
  readonly world: World;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: unknown;
  /** Scheme, host and port that the client called, and its path below `/v1.0`: nextLinks are made of them. */
  readonly origin: string;
  readonly path: string;
  /** Entity type of the answer's items in the contract, for example `microsoft.graph.user`; undefined where the answer is no entity. */
  readonly entityType: string | undefined;
};

/** What an operation answers. `text` is sent as plain text instead of a body. */
export type GraphAnswer = { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };

/** Does an operation inside a transaction: commits by returning, takes everything back by throwing a `GraphFailure`. */
export type Handler = (call: GraphCall) => GraphAnswer;

/** An operation that the tenant plays. */
export type Operation = {
  /** The logical name, for faults and records. */
  readonly name: string;
  readonly handle: Handler;
  /** Looks at the raw body before the contract does, where the service's own words for a misfit are known. */
  readonly precheck?: (body: unknown) => void;
  /** What has to be waited for before the transaction: it refuses by throwing a `GraphFailure`, and writes nothing. */
  readonly before?: (call: GraphCall) => Promise<void>;
};

/** Operations by method and path template of the contract. */
export type Operations = Readonly<Record<string, Operation>>;

/** The value of a path parameter. The contract has matched the path, so a missing one is a defect. */
export function parameter(call: GraphCall, name: string): string {
  const value = call.parameters[name];
  if (value === undefined) throw new Error(`The path has no parameter {${name}}.`);
  return value;
}

/** The body as an object. The contract has checked it, so anything else is an absent optional body. */
export function bodyOf(call: GraphCall): Readonly<Record<string, unknown>> {
  return typeof call.body === 'object' && call.body !== null ? { ...call.body } : {};
}

/** The time of the world as Graph writes it. */
export function nowText(world: World): string {
  return new Date(world.now()).toISOString();
}
