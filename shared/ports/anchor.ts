/** A head of the audit chain, written down at `at` (milliseconds since the epoch). */
export type AnchoredHead = { readonly position: number; readonly hash: string; readonly at: number };

/** One anchor, counted from 1; or a place where the anchors do not fit together, in words. */
export type AnchorEntry =
  | ({ readonly is: 'anchor'; readonly number: number } & AnchoredHead)
  | { readonly is: 'broken'; readonly number: number; readonly message: string };

/** Keeps heads of the audit chain where whoever can write to the registry cannot. Nothing in it is ever changed or taken away. */
export type Anchors = {
  /** Where they are, in words for people. */
  readonly place: string;
  /** Resolves when the head is kept for good; throws `store-unavailable` where it cannot be. */
  append(head: AnchoredHead): Promise<void>;
  /** Everything that is kept when the first is asked for, oldest first. Throws `store-unavailable` where it cannot be read. */
  all(): AsyncIterable<AnchorEntry>;
  /** Throws `store-unavailable` where nothing can be kept now. */
  probe(): Promise<void>;
};
