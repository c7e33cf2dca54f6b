/** What one process asks another to look at, for want of eyes of its own. JSON both ways; gone as soon as the answer is taken, or an hour later. */
export type LookStore = {
  ask(look: { readonly id: string; readonly kind: string; readonly input: unknown; readonly at: number }): Promise<void>;
  byId(id: string): Promise<{ readonly kind: string; readonly input: unknown } | undefined>;
  answer(id: string, answer: unknown): Promise<void>;
  /** The answer, taken out; undefined while there is none. */
  take(id: string): Promise<unknown>;
  forget(id: string): Promise<void>;
};
