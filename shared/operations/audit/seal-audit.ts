import { GatehouseError } from '../../errors.ts';
import type { ChainHead } from '../../ports/registry/audit-chain.ts';
import type { Stores } from '../../ports/registry/registry.ts';
import type { AuditDeps } from './audit-deps.ts';
import { linkHash } from './link-hash.ts';

/** How many rows got their place, and the position up to which the chain is anchored; `problem` says why it could not be anchored now. */
export type Sealing = { readonly sealed: number; readonly anchored: number; readonly problem: string | null };

/** Rows sealed in one transaction: others wait for the embedded registry meanwhile. */
const batch = 500;

/**
 * Gives every row without a place its place in the chain, then anchors the head. Several may seal at once: whoever locks the head goes on from it, so that it
 * stays one chain. Where the anchor cannot be written, the rows are sealed all the same. Throws `store-unavailable` where the head is gone.
 */
export async function sealAudit(deps: AuditDeps): Promise<Sealing> {
  let sealed = 0;
  for (let some = batch; some === batch; sealed += some) some = await deps.registry.transaction(sealSome);
  try {
    return { sealed, anchored: await anchorHead(deps), problem: null };
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'no reason given';
    deps.log.error('The head of the audit chain could not be anchored.', { place: deps.anchors.place, error: problem });
    return { sealed, anchored: (await deps.registry.stores.auditChain.head())?.anchored ?? 0, problem };
  }
}

async function sealSome({ auditChain }: Stores): Promise<number> {
  const head = await lockedHead(auditChain);
  let { position, hash } = head;
  const links = (await auditChain.unsealed(batch)).map((row) => {
    position += 1;
    hash = linkHash(hash, position, row);
    return { sequence: row.sequence, position, hash };
  });
  await auditChain.seal(links);
  return links.length;
}

/** Under the lock of the head, so that anchors come in the order of the chain. One that is written twice, since this transaction was lost, does no harm. */
async function anchorHead({ registry, clock, anchors }: AuditDeps): Promise<number> {
  const seen = await registry.stores.auditChain.head();
  if (seen !== undefined && seen.position <= seen.anchored) return seen.anchored;
  return registry.transaction(async ({ auditChain }) => {
    const { position, hash, anchored } = await lockedHead(auditChain);
    if (position <= anchored) return anchored;
    await anchors.append({ position, hash, at: clock.now() });
    await auditChain.noteAnchored(position);
    return position;
  });
}

async function lockedHead(auditChain: Stores['auditChain']): Promise<ChainHead> {
  const head = await auditChain.lockHead();
  if (head === undefined)
    throw new GatehouseError(
      'store-unavailable',
      'The head of the audit chain is gone from the registry. Restore the database: without it nothing is sealed.',
    );
  return head;
}
