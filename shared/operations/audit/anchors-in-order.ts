import type { AnchorEntry, Anchors } from '../../ports/anchor.ts';
import { type Findings, timeOf } from './audit-findings.ts';

/** One anchor that fits to those before. */
export type Anchor = Extract<AnchorEntry, { readonly is: 'anchor' }>;

/** The anchors that fit together, in the order of the chain; tells of those that do not, and of where reading came to its end too early. */
export async function* anchorsInOrder(anchors: Anchors, findings: Findings): AsyncGenerator<Anchor, void> {
  let position = 0;
  try {
    for await (const entry of anchors.all()) {
      if (entry.is === 'broken')
        findings.add('anchor-broken', `Anchor ${entry.number} in ${anchors.place} cannot be relied on: ${entry.message}.`);
      else if (entry.position < position) findings.add('anchor-broken', outOfOrder(entry, anchors.place));
      else {
        position = entry.position;
        yield entry;
      }
    }
  } catch (error) {
    findings.add('anchors-away', error instanceof Error ? error.message : `The anchors in ${anchors.place} cannot be read.`);
  }
}

function outOfOrder({ number, at }: Anchor, place: string): string {
  return `Anchor ${number} of ${timeOf(at)} in ${place} is for an earlier place of the chain than the one before it.`;
}
