/**
 * One place in a source's record that a fact may be read from. With `values` only what it lists is understood (compared without regard to case), and null there means
 * that the value says nothing of this fact. `otherwise` is what is assumed where the record says nothing.
 */
export type FactRule = {
  readonly field: string;
  readonly values?: Readonly<Record<string, string | null>>;
  readonly otherwise?: string;
};

/** How a source's flat record becomes a worker: for the path of each fact, where to look, in order. */
export type RecordMap = Readonly<Record<string, readonly FactRule[]>>;

/** Every field of the source that the map reads, each once. */
export function fieldsOf(map: RecordMap): readonly string[] {
  return [...new Set(Object.values(map).flatMap((rules) => rules.map(({ field }) => field)))];
}
