import { randomBytes } from 'node:crypto';
import type { PersonId } from '../../domain/ids.ts';
import { GatehouseError } from '../../errors.ts';
import { passName } from '../../gate/apply-pass.ts';
import { erasedAction } from '../../ports/registry/audit-chain.ts';
import type { ErasedRows, ErasureView } from '../../ports/registry/erasures.ts';
import type { AuditRow } from '../../ports/registry/records.ts';
import type { Registry, Stores } from '../../ports/registry/registry.ts';
import type { OperationDeps } from '../deps.ts';
import { whyNotErased } from './why-not-erased.ts';

/** Whose data is erased, who does it and why. The reason stays: it names nobody. */
export type PersonErasure = { readonly personId: PersonId; readonly actor: string; readonly reason: string };
/** What was erased: rows by table, the words in the audit, and the durable instances whose histories go within moments. */
export type PersonErased = {
  readonly personId: PersonId;
  readonly rows: ErasedRows;
  readonly auditValues: number;
  readonly instances: number;
  /** It was done before, and there was nothing left. */
  readonly already: boolean;
};

/** Has the durable histories of runs thrown away. Throws where that is not sure to happen. */
export type PurgeHistories = (attempts: ErasureView['attempts']) => Promise<void>;

/**
 * Erases all personal data that Gatehouse has of somebody who has left: in the registry, sealed secrets and durable history, and the words in the audit, whose rows stay under the person's id, which
 * says nothing. Twice does no harm. Throws `wrong-state`, with everything that stands against it, while they are here, have an account, a run or a decision that is open, or a lock that is not HR's.
 */
export async function erasePerson(deps: OperationDeps, erasure: PersonErasure, purge: PurgeHistories): Promise<PersonErased> {
  const { registry, gate, clock } = deps;
  const { personId } = erasure;
  const view = await registry.transaction((stores) => erasable(stores, personId));
  if (view === undefined) return { personId, rows: {}, auditValues: 0, instances: 0, already: true };
  // The rest is found by these rows, so that they go last: who dies in between begins again.
  for (const changeId of view.changeIds) await gate.secrets.forget(passName(changeId));
  await purge(view.attempts);
  return { personId, instances: view.attempts.length, already: false, ...(await eraseRows(registry, erasure, clock.now())) };
}

async function erasable(stores: Stores, personId: PersonId): Promise<ErasureView | undefined> {
  const person = await stores.people.lock(personId, 'update');
  if (person === undefined) throw new GatehouseError('not-found', `There is no person ${personId}.`);
  if ((await stores.erasures.erasedAt(personId)) !== undefined) return undefined;
  const view = await stores.erasures.of(personId);
  const against = await whyNotErased(stores, person, view);
  if (against.length === 0) return view;
  throw new GatehouseError('wrong-state', `Nothing was erased. ${against.join(' ')}`);
}

function eraseRows(
  registry: Registry,
  { personId, actor, reason }: PersonErasure,
  at: number,
): Promise<Pick<PersonErased, 'rows' | 'auditValues'>> {
  return registry.transaction(async (stores) => {
    if ((await erasable(stores, personId)) === undefined) return { rows: {}, auditValues: 0 };
    const { rows, toldOfIn } = await stores.erasures.erase(personId, at, randomBytes(32).toString('hex'));
    const auditValues = await stores.auditChain.eraseValues(personId);
    const row = { at, actor, runId: null, target: null };
    // Whoever verifies the audit is told why values are gone, of others too.
    const others = toldOfIn.map((other): AuditRow => ({
      ...row,
      action: erasedAction,
      personId: other,
      detail: { why: 'They told of somebody who was erased.' },
    }));
    const own: AuditRow = { ...row, action: erasedAction, personId, detail: { values: auditValues, rows, why: reason } };
    await stores.audit.append([...others, own, { ...row, action: 'person.erased', personId, detail: { rows, why: reason } }]);
    return { rows, auditValues };
  });
}
