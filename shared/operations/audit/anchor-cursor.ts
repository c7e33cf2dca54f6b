import type { Anchors } from '../../ports/anchor.ts';
import type { AuditSeal } from '../../ports/registry/audit-chain.ts';
import { type Anchor, anchorsInOrder } from './anchors-in-order.ts';
import { type Findings, timeOf } from './audit-findings.ts';

/** Holds the anchors against the chain, one after the other, while the chain is walked. */
export type AnchorCursor = {
  /** Compares the anchors up to a place with the hash that the chain has there. */
  reach(place: AuditSeal): Promise<void>;
  /** The chain is over: anchors beyond it were for rows that are gone. */
  end(place: AuditSeal): Promise<void>;
  /** The last anchor that agreed while nothing was found to be wrong. */
  readonly proven: () => Anchor | undefined;
  /** The last anchor there is. */
  readonly last: () => Anchor | undefined;
};

/** Begins with the first anchor. What is kept from now on is not looked at. */
export async function openAnchorCursor(anchors: Anchors, findings: Findings): Promise<AnchorCursor> {
  const entries = anchorsInOrder(anchors, findings);
  const following = async (): Promise<Anchor | undefined> => {
    const { value } = await entries.next();
    return value ?? undefined;
  };
  let next = await following();
  let last: Anchor | undefined;
  let agreed: Anchor | undefined;
  let proven: Anchor | undefined;
  let isRewritten = false;

  const compare = (anchor: Anchor, { position, hash }: AuditSeal) => {
    // A row that is missing was told of already.
    if (anchor.position < position) return;
    if (anchor.hash === hash) {
      agreed = anchor;
      if (findings.count() === 0) proven = anchor;
      return;
    }
    if (!isRewritten) findings.add('rewritten', rewritten(anchor, agreed));
    isRewritten = true;
  };

  return {
    async reach(place) {
      for (; next !== undefined && next.position <= place.position; next = await following()) {
        compare(next, place);
        last = next;
      }
    },
    async end({ position }) {
      if (next !== undefined) findings.add('cut', cut(next, position));
      for (; next !== undefined; next = await following()) last = next;
    },
    proven: () => proven,
    last: () => last,
  };
}

function rewritten({ number, at, position }: Anchor, agreed: Anchor | undefined): string {
  const since = agreed === undefined ? 'from its beginning' : `after anchor ${agreed.number} of ${timeOf(agreed.at)}`;
  return `Anchor ${number} of ${timeOf(at)} has another hash for place ${position} than the chain: the chain was written anew ${since}.`;
}

function cut({ number, at, position }: Anchor, end: number): string {
  return `Anchor ${number} of ${timeOf(at)} is for place ${position}, and the chain ends at ${end}: ${position - end} or more rows were cut off its end.`;
}
