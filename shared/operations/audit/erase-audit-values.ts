import type { PersonId } from '../../domain/ids.ts';
import { erasedAction } from '../../ports/registry/audit-chain.ts';
import type { AuditDeps } from './audit-deps.ts';

/** Whose values are erased, who does it and why. The reason stays: it names nobody. */
export type Erasure = { readonly personId: PersonId; readonly actor: string; readonly reason: string };

/**
 * Erases the personal values of a person's audit rows for good, and writes that down in the same transaction; answers how many there were. The rows stay
 * sealed: what is left of a value is a digest whose salt is gone. Values of rows that are written later are not touched.
 */
export async function eraseAuditValues({ registry, clock }: Pick<AuditDeps, 'registry' | 'clock'>, erasure: Erasure): Promise<number> {
  const { personId, actor, reason } = erasure;
  return registry.transaction(async ({ auditChain, audit }) => {
    const values = await auditChain.eraseValues(personId);
    const detail = { values, why: reason };
    await audit.append([{ at: clock.now(), actor, action: erasedAction, personId, runId: null, target: null, detail }]);
    return values;
  });
}
